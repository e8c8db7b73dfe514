"""A suspended organization and its listings are nowhere, and come back as they were."""

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from post_office.models import Email

from listings import actions as listing_actions
from listings.models import Listing, Version
from listings.search import search
from moderation import actions
from moderation.models import Decision
from organizations import actions as organization_actions
from organizations.models import Organization
from portal.refusals import AlreadyDecided, NotPermitted
from tests import factories

pytestmark = pytest.mark.django_db

WHY = "Ilmoitus ei pidä paikkaansa."


@pytest.fixture
def listing(organization):
    return factories.public_listing(organization)


def suspend(organization, moderator):
    return actions.suspend_organization(organization, by=moderator, message=WHY)


def pages(listing):
    organization = listing.organization
    names = ("organization_detail", "organization_feed", "organization_calendar")
    return [listing.get_absolute_url(), *(reverse(name, args=[organization.slug]) for name in names)]


def test_listings_disappear_at_once_and_come_back(organization, listing, moderator):
    suspend(organization, moderator)
    assert not Listing.objects.public().exists()
    assert search().total == 0
    call_command("check_search")
    assert {Client().get(page).status_code for page in pages(listing)} == {404}
    actions.reinstate_organization(organization, by=moderator, message="Asia on selvä.")
    assert search().ids == [listing.pk]
    call_command("check_search")
    assert {Client().get(page).status_code for page in pages(listing)} == {200}
    outcomes = Decision.objects.filter(organization=organization).values_list("outcome", flat=True)
    assert list(outcomes) == ["reinstated", "suspended"]


def test_members_are_told_why_and_see_it_at_the_desk(organization, main_user, editor, moderator):
    asked = factories.MembershipFactory(organization=organization, asked=True).user
    suspend(organization, moderator)
    mails = Email.objects.all()
    assert {mail.to[0] for mail in mails} == {main_user.email, editor.email}
    assert asked.email not in {mail.to[0] for mail in mails}
    assert all(WHY in mail.message and WHY in mail.html_message for mail in mails)
    for person in (main_user, editor):
        client = Client()
        client.force_login(person)
        assert WHY in client.get(reverse("organization_desk", args=[organization.pk])).content.decode()


def test_nothing_that_members_do_becomes_public(organization, listing, editor, moderator):
    draft = factories.draft(organization, by=editor, venue="Toinen talo")
    waiting = factories.submitted(factories.draft(organization, by=editor, venue="Kolmas talo"), by=editor)
    listing_actions.withdraw_listing(listing, by=editor)
    suspend(organization, moderator)
    with pytest.raises(NotPermitted):
        listing_actions.submit_version(Version.objects.get(pk=draft.pk), by=editor)
    listing_actions.save_answers(draft, by=editor, answers={"venue": "Neljäs talo"})
    listing_actions.restore_listing(listing, by=editor)
    listing_actions.confirm_listing(listing, by=editor)
    actions.publish(waiting, by=moderator)
    assert not Listing.objects.public().exists()
    assert search().total == 0
    call_command("check_search")


def test_suspending_is_a_moderators_with_a_reason_and_done_once(organization, main_user, moderator):
    with pytest.raises(actions.ReasonMissing):
        actions.suspend_organization(organization, by=moderator, message=" ")
    with pytest.raises(NotPermitted):
        suspend(organization, main_user)
    with pytest.raises(AlreadyDecided):
        actions.reinstate_organization(organization, by=moderator, message="Ei mitään.")
    suspend(organization, moderator)
    with pytest.raises(AlreadyDecided):
        suspend(organization, moderator)
    assert Organization.objects.get().state == "suspended"


def test_renamed_while_suspended_comes_back_under_the_new_name(organization, listing, main_user, moderator):
    change = organization_actions.change_organization(organization, by=main_user, names={"fi": "Kutomontalo ry"})
    suspend(organization, moderator)
    actions.accept_change(change, by=moderator)
    assert search(words="kutomontalo").ids == []
    actions.reinstate_organization(organization, by=moderator, message="Asia on selvä.")
    assert search(words="kutomontalo").ids == [listing.pk]
    call_command("check_search")
