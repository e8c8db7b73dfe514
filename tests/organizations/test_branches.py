"""Branches and the organization that they belong to: asking, answering, no circles."""

import pytest
from django.test import Client
from django.urls import reverse
from post_office.models import Email

from organizations import actions
from organizations.models import Organization
from portal.refusals import AlreadyDecided, NotPermitted, Refused
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def parent():
    return factories.MembershipFactory(main_user=True, organization__name_fi="Kotiliitto ry").organization


@pytest.fixture
def head(parent):
    """The main user of the parent."""
    return parent.memberships.get().user


def join(branch, parent, by):
    actions.ask_parent(branch, parent=parent, by=by)
    return actions.accept_branch(branch, parent=parent, by=parent.memberships.get().user)


def test_branch_belongs_when_both_have_said_so(organization, main_user, editor, parent, head):
    with pytest.raises(NotPermitted):
        actions.ask_parent(organization, parent=parent, by=editor)
    actions.ask_parent(organization, parent=parent, by=main_user)
    organization.refresh_from_db()
    assert organization.parent is None
    assert Email.objects.latest("pk").to == [head.email]
    with pytest.raises(AlreadyDecided):
        actions.ask_parent(organization, parent=parent, by=main_user)
    with pytest.raises(NotPermitted):
        actions.accept_branch(organization, parent=parent, by=main_user)
    actions.accept_branch(organization, parent=parent, by=head)
    organization.refresh_from_db()
    assert (organization.parent, organization.asked_parent) == (parent, None)
    assert Email.objects.latest("pk").to == [main_user.email]
    pages = {one: Client().get(reverse("organization_detail", args=[one.slug])) for one in (organization, parent)}
    assert reverse("organization_detail", args=[parent.slug]) in pages[organization].content.decode()
    assert reverse("organization_detail", args=[organization.slug]) in pages[parent].content.decode()


def test_branch_that_readers_do_not_see_is_not_named(organization, main_user, parent, moderator):
    join(organization, parent, main_user)
    actions.suspend_organization(organization, by=moderator, message="Selvitetään.")
    html = Client().get(reverse("organization_detail", args=[parent.slug])).content.decode()
    assert organization.name_fi not in html


def test_nothing_goes_round_in_a_circle(organization, main_user, parent, head):
    with pytest.raises(Refused):
        actions.ask_parent(organization, parent=organization, by=main_user)
    join(organization, parent, main_user)
    with pytest.raises(Refused):
        actions.ask_parent(parent, parent=organization, by=head)
    third = factories.MembershipFactory(main_user=True)
    with pytest.raises(Refused):
        actions.ask_parent(third.organization, parent=organization, by=third.user)
    with pytest.raises(Refused):
        actions.ask_parent(parent, parent=third.organization, by=head)
    assert Organization.objects.filter(parent__isnull=False).count() == 1


def test_two_that_ask_each_other_do_not_become_a_circle(organization, main_user, parent, head):
    actions.ask_parent(organization, parent=parent, by=main_user)
    actions.ask_parent(parent, parent=organization, by=head)
    actions.accept_branch(organization, parent=parent, by=head)
    with pytest.raises(Refused):
        actions.accept_branch(parent, parent=organization, by=main_user)


def test_each_side_can_end_it(organization, main_user, parent, head, stranger):
    join(organization, parent, main_user)
    with pytest.raises(NotPermitted):
        actions.release_branch(organization, parent=parent, by=stranger)
    actions.release_branch(organization, parent=parent, by=head)
    with pytest.raises(AlreadyDecided):
        actions.leave_parent(organization, parent=parent, by=main_user)
    actions.ask_parent(organization, parent=parent, by=main_user)
    actions.leave_parent(organization, parent=parent, by=main_user)
    with pytest.raises(AlreadyDecided):
        actions.accept_branch(organization, parent=parent, by=head)


def test_whoever_answers_for_both_need_not_wait(organization, main_user, parent):
    factories.MembershipFactory(organization=parent, user=main_user, main_user=True)
    assert actions.ask_parent(organization, parent=parent, by=main_user).parent == parent


def test_organization_that_nobody_answers_for_cannot_be_asked(organization, main_user):
    with pytest.raises(Refused):
        actions.ask_parent(organization, parent=factories.OrganizationFactory(active=True), by=main_user)


def test_search_offers_what_can_be_asked(organization, main_user, parent):
    hidden = factories.OrganizationFactory(name_fi="Kotiliitto toinen ry")
    client = Client()
    client.force_login(main_user)
    url = reverse("organization_branches", args=[organization.pk])
    assert client.get(url, {"words": "kotilito"}).context["found"] == [parent]
    assert hidden.name_fi not in client.get(url, {"words": "kotiliitto"}).content.decode()
    assert client.get(url, {"words": "x" * 300}).status_code == 400
