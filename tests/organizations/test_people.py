"""Who has the key: naming, handing over, stepping down, removing, leaving, and always at least one main user."""

import pytest
from django.urls import reverse
from django.utils.translation import override
from post_office.models import Email

from listings.models import Listing, Version
from organizations import actions
from organizations.models import Invitation, Membership, Organization
from organizations.people import people_of
from portal.refusals import AlreadyDecided, NotPermitted, Refused
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(organization, main_user):
    return factories.MembershipFactory(organization=organization, main_user=True)


def membership_of(organization, user) -> Membership:
    return organization.memberships.get(user=user)


def mails_to(user) -> int:
    return sum(user.email in mail.to for mail in Email.objects.all())


def test_editor_becomes_main_user_and_editor_again(organization, main_user, editor):
    membership = membership_of(organization, editor)
    assert people_of(organization, main_user).needs_second_main_user
    assert actions.make_main_user(membership, by=main_user).role == "main_user"
    assert not people_of(organization, main_user).needs_second_main_user
    with pytest.raises(AlreadyDecided):
        actions.make_main_user(membership, by=main_user)
    assert actions.make_editor(membership, by=main_user).role == "editor"
    assert mails_to(editor) == 2


def test_handing_over_changes_both_in_one_step(organization, main_user, editor):
    actions.hand_over(membership_of(organization, editor), by=main_user)
    assert membership_of(organization, editor).role == "main_user"
    assert membership_of(organization, main_user).role == "editor"
    with pytest.raises(NotPermitted):
        actions.hand_over(membership_of(organization, editor), by=main_user)


@pytest.mark.parametrize("action", ["leave_organization", "step_down"])
def test_last_main_user_cannot_go_even_when_a_closed_account_is_another(organization, main_user, editor, action):
    factories.MembershipFactory(organization=organization, main_user=True, user__is_active=False)
    with pytest.raises(actions.LastMainUser):
        getattr(actions, action)(organization, by=main_user)
    with pytest.raises(actions.LastMainUser):
        actions.make_editor(membership_of(organization, main_user), by=main_user)
    with pytest.raises(actions.LastMainUser):
        actions.remove_member(membership_of(organization, main_user), by=main_user)
    assert membership_of(organization, main_user).role == "main_user"


def test_one_of_two_main_users_steps_down_and_leaves_and_the_other_is_told(organization, main_user, second):
    actions.step_down(organization, by=main_user)
    assert membership_of(organization, main_user).role == "editor"
    actions.leave_organization(organization, by=main_user)
    assert membership_of(organization, main_user).state == "removed"
    assert mails_to(second.user) == 2
    with pytest.raises(AlreadyDecided):
        actions.leave_organization(organization, by=main_user)


def test_editor_manages_nobody(organization, main_user, editor):
    for action in (actions.make_main_user, actions.make_editor, actions.hand_over, actions.remove_member):
        with pytest.raises(NotPermitted):
            action(membership_of(organization, main_user), by=editor)


def test_removed_member_is_out_at_once_and_their_drafts_stay(client, organization, main_user, editor):
    draft = factories.draft(organization, by=editor)
    client.force_login(editor)
    pages = [
        reverse("organization_people", args=[organization.pk]),
        reverse("organization_desk", args=[organization.pk]),
        reverse("listing_manage", args=[draft.listing_id]),
        reverse("listing_step", args=[draft.listing_id, "what"]),
    ]
    assert [client.get(page).status_code for page in pages] == [200] * 4
    actions.remove_member(membership_of(organization, editor), by=main_user)
    assert [client.get(page).status_code for page in pages] == [404] * 4
    assert client.post(pages[3], {"title_fi": "Minun"}).status_code == 404
    assert mails_to(editor) == 1
    assert Listing.objects.editable_by(main_user).get() == draft.listing
    assert Version.objects.get().texts("title") == draft.texts("title")


def test_whoever_loses_the_key_leaves_no_open_invitation(organization, main_user, second):
    """A main user who is about to be removed could invite a second address of their own."""
    actions.invite(organization, by=second.user, email="myself@example.org", role="main_user")
    actions.remove_member(second, by=main_user)
    assert Invitation.objects.get().state == Invitation.State.WITHDRAWN


def test_person_takes_their_request_back(organization, main_user):
    person = factories.UserFactory()
    actions.ask_to_join(organization, by=person, message="Ohjaan kerhoa.")
    actions.leave_organization(organization, by=person)
    assert not Membership.objects.awaiting_answer().exists()
    assert mails_to(main_user) == 1, "the request; that it was taken back is no news"


def test_page_shows_addresses_and_requests_only_to_those_who_decide(client, organization, main_user, editor, moderator):
    asked = factories.MembershipFactory(organization=organization, asked=True)
    invitation = actions.invite(organization, by=main_user, email="kutsuttu@example.org", role="editor")
    secrets = (main_user.email, asked.user.email, invitation.email)
    address = reverse("organization_people", args=[organization.pk])
    client.force_login(main_user)
    page = client.get(address).content.decode()
    assert all(secret in page for secret in secrets)
    client.force_login(editor)
    page = client.get(address).content.decode()
    assert str(main_user) in page
    assert not any(secret in page for secret in secrets)


def test_moderator_sees_no_request_that_a_main_user_can_answer(organization, main_user, moderator):
    membership = factories.MembershipFactory(organization=organization, asked=True)
    assert people_of(organization, moderator).requests == []
    Membership.objects.filter(pk=membership.pk).update(reminders=Membership.PASSED_ON)
    assert people_of(organization, moderator).requests == [membership]
    assert actions.accept_request(membership, by=moderator).role == "editor", "its main user still has the key"


def test_asking_takes_neither_a_role_nor_a_state_nor_another_organization_from_the_form(
    client, organization, main_user
):
    other = factories.OrganizationFactory(active=True)
    client.force_login(factories.UserFactory())
    posted = {
        "message": "Ohjaan kielikahvilaa.",
        "role": "main_user",
        "state": "active",
        "organization": other.pk,
        "organization_id": other.pk,
        "user": main_user.pk,
        "reminders": 3,
    }
    client.post(reverse("organization_ask_to_join", args=[organization.pk]), posted)
    membership = Membership.objects.exclude(user=main_user).get()
    assert (membership.organization, membership.role, membership.state) == (organization, "editor", "asked")
    assert membership.reminders == 0


def test_empty_word_of_who_one_is_is_asked_for_and_long_one_stays(client, organization):
    client.force_login(factories.UserFactory())
    address = reverse("organization_ask_to_join", args=[organization.pk])
    assert client.post(address, {"message": " "}).status_code == 422
    long = "Ohjaan kielikahvilaa. " * 40
    response = client.post(address, {"message": long})
    assert response.status_code == 422
    assert long.strip() in response.content.decode()
    assert not Membership.objects.exists()


@override("en")
def test_one_person_cannot_ask_everybody(main_user):
    person = factories.UserFactory()
    for organization in factories.OrganizationFactory.create_batch(10, active=True):
        actions.ask_to_join(organization, by=person, message="Minä.")
    with pytest.raises(Refused, match="requests"):
        actions.ask_to_join(factories.OrganizationFactory(active=True), by=person, message="Minä.")
    assert Organization.objects.filter(memberships__user=person).count() == 10
