"""Registering, joining, approving: what can be done to organizations, and what cannot."""

import pytest
from django.db import IntegrityError, transaction
from post_office.models import Email

from moderation import actions as moderation_actions
from moderation.models import Decision
from organizations import actions
from organizations.models import Membership, Organization, User
from organizations.permissions import can_write_listings
from portal.models import AuditEvent, Municipality
from portal.refusals import AlreadyDecided, NotPermitted, Refused
from tests import factories

pytestmark = pytest.mark.django_db


def register(by, **changes):
    facts = {
        "kind": "association",
        "municipality": Municipality.objects.get(pk="564"),
        "contact_email": "info@example.org",
        **changes,
    }
    return actions.register_organization(by=by, names={"fi": "Naapurit ry", "sv": "Grannar rf"}, **facts)


def test_whoever_registers_becomes_main_user_of_a_pending_organization():
    person = factories.UserFactory()
    organization = register(person)
    membership = organization.memberships.get()
    assert (membership.user, membership.role, membership.state) == (person, "main_user", "active")
    assert organization.state == Organization.State.PENDING
    assert organization.slug == f"naapurit-ry-{organization.pk}"
    assert can_write_listings(person, organization)


def test_pending_organization_is_approved_once_and_its_main_user_is_told(moderator):
    person = factories.UserFactory(preferred_language="sv")
    organization = register(person)
    moderation_actions.approve_organization(organization, by=moderator)
    organization.refresh_from_db()
    assert organization.state == Organization.State.ACTIVE
    assert Email.objects.get().to == [person.email]
    assert Decision.objects.get().outcome == Decision.Outcome.APPROVED
    with pytest.raises(AlreadyDecided):
        moderation_actions.decline_organization(organization, by=moderator, message="No")
    assert Decision.objects.count() == 1


def test_declined_organization_can_neither_write_nor_be_asked(moderator, stranger):
    person = factories.UserFactory()
    organization = register(person)
    with pytest.raises(moderation_actions.ReasonMissing):
        moderation_actions.decline_organization(organization, by=moderator, message=" ")
    moderation_actions.decline_organization(organization, by=moderator, message="A project cannot register.")
    organization.refresh_from_db()
    assert not can_write_listings(person, organization)
    assert "A project cannot register." in Email.objects.get().message
    with pytest.raises(AlreadyDecided):
        actions.ask_to_join(organization, by=stranger)


def test_only_moderators_decide_on_organizations(stranger):
    organization = register(factories.UserFactory())
    with pytest.raises(NotPermitted):
        moderation_actions.approve_organization(organization, by=stranger)
    organization.refresh_from_db()
    assert organization.state == Organization.State.PENDING


def test_person_who_asks_is_let_in_by_a_main_user(organization, main_user):
    person = factories.UserFactory()
    membership = actions.ask_to_join(organization, by=person, message="I lead the club.")
    assert Email.objects.get().to == [main_user.email]
    assert not can_write_listings(person, organization)
    actions.accept_request(membership, by=main_user)
    assert can_write_listings(person, organization)
    assert Email.objects.latest("pk").to == [person.email]
    with pytest.raises(AlreadyDecided):
        actions.decline_request(membership, by=main_user)


def test_person_who_was_not_let_in_may_ask_again(organization, main_user):
    person = factories.UserFactory()
    membership = actions.ask_to_join(organization, by=person)
    actions.decline_request(membership, by=main_user)
    assert not can_write_listings(person, organization)
    again = actions.ask_to_join(organization, by=person)
    assert again == membership
    assert Membership.objects.awaiting_answer().get() == membership


def test_asking_twice_is_one_request(organization, main_user):
    person = factories.UserFactory()
    actions.ask_to_join(organization, by=person)
    with pytest.raises(AlreadyDecided):
        actions.ask_to_join(organization, by=person)
    assert Email.objects.count() == 1


def test_editor_and_stranger_cannot_let_people_in(organization, editor, stranger):
    membership = actions.ask_to_join(organization, by=factories.UserFactory())
    for person in (editor, stranger):
        with pytest.raises(NotPermitted):
            actions.accept_request(membership, by=person)


def test_change_of_details_is_traced_and_keeps_the_kind(organization, main_user, editor):
    facts = {"kind": "company", "website": "https://www.example.org"}
    with pytest.raises(NotPermitted):
        actions.change_organization(organization, by=editor, names={"fi": "Uusi ry"}, **facts)
    actions.change_organization(organization, by=main_user, names={"fi": "Uusi ry"}, **facts)
    organization.refresh_from_db()
    assert (organization.kind, organization.website) == ("association", "https://www.example.org")
    assert str(organization) != "Uusi ry", "a moderator approved it under its name"
    assert AuditEvent.objects.get(verb="changed").details == {"fields": ["website"]}


def test_pending_organization_may_still_change_its_name():
    person = factories.UserFactory()
    organization = register(person)
    actions.change_organization(organization, by=person, names={"fi": "Uusi ry"})
    organization.refresh_from_db()
    assert str(organization) == "Uusi ry"


def test_request_to_an_organization_without_a_main_user_goes_to_the_moderators(moderator):
    organization = register(User.objects.system())
    person = factories.UserFactory()
    membership = actions.ask_to_join(organization, by=person)
    assert Email.objects.get().to == [moderator.email]
    membership = actions.accept_request(membership, by=moderator)
    assert (membership.role, membership.state) == ("main_user", "active")
    second = actions.ask_to_join(organization, by=factories.UserFactory())
    with pytest.raises(NotPermitted):
        actions.accept_request(second, by=moderator)
    assert actions.accept_request(second, by=person).role == "editor"


def test_moderator_does_not_decide_on_their_own_organization(moderator):
    organization = register(moderator)
    with pytest.raises(NotPermitted):
        moderation_actions.approve_organization(organization, by=moderator)


def test_number_that_another_registration_took_meanwhile_is_said_plainly():
    register(factories.UserFactory(), business_id="1572860-0")
    with pytest.raises(Refused):
        register(factories.UserFactory(), business_id="1572860-0")
    assert Organization.objects.count() == 1


def test_database_refuses_a_business_id_twice_but_not_after_a_declined_one():
    factories.OrganizationFactory(business_id="1572860-0", state=Organization.State.DECLINED)
    factories.OrganizationFactory(business_id="1572860-0")
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.OrganizationFactory(business_id="1572860-0")


def test_database_refuses_two_accounts_whose_address_differs_only_in_case():
    factories.UserFactory(email="somebody@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.UserFactory(email="Somebody@example.org")
