"""An organization's details: what changes at once, what waits for a moderator, and what no form can change."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from post_office.models import Email

from listings.search import search
from listings.search.checking import differences
from moderation import actions as moderation_actions
from moderation.queue.cases import waiting_cases
from organizations import actions
from organizations.models import Organization, OrganizationChange
from portal.models import AuditEvent
from portal.refusals import AlreadyDecided, NotPermitted
from tests import factories

pytestmark = pytest.mark.django_db

NEW = {"fi": "Kutomon kylätalo ry", "sv": "Väveriets bystuga rf"}


@pytest.fixture
def change(organization, main_user):
    return actions.change_organization(organization, by=main_user, names=NEW, kind="foundation", reason="Sulautuminen.")


def browser(user):
    client = Client()
    client.force_login(user)
    return client


def posted(organization, **changes):
    return {
        "name_fi": organization.name_fi,
        "kind": organization.kind,
        "municipality": "Oulu",
        "contact_email": "info@example.org",
        **changes,
    }


def test_new_name_waits_while_the_rest_changes_at_once(organization, main_user):
    before = organization.names
    change = actions.change_organization(organization, by=main_user, names=NEW, website="https://www.example.org")
    organization.refresh_from_db()
    assert (organization.names, organization.website) == (before, "https://www.example.org")
    assert (change.names, change.kind, change.state) == (NEW, organization.kind, "waiting")
    assert [case.kind for case in waiting_cases()] == ["organization_change"]
    assert AuditEvent.objects.get(verb="changed").details == {"fields": ["website"]}
    assert AuditEvent.objects.get(verb="asked_for").details == {"fields": ["name"]}


def test_accepted_change_renames_readdresses_and_is_found(organization, main_user, moderator, change):
    listing = factories.public_listing(organization)
    old_slug = organization.slug
    moderation_actions.accept_change(change, by=moderator, message="Selvä.")
    organization.refresh_from_db()
    assert (organization.names, organization.kind) == (NEW, "foundation")
    assert organization.slug == f"kutomon-kylatalo-ry-{organization.pk}"
    assert search(words="kutomon").ids == [listing.pk]
    assert list(differences()) == []
    assert Email.objects.latest("pk").to == [main_user.email]
    for name in ("organization_detail", "organization_feed", "organization_calendar"):
        response = Client().get(reverse(name, args=[old_slug]))
        assert (response.status_code, response.headers["Location"]) == (301, reverse(name, args=[organization.slug]))
    with pytest.raises(AlreadyDecided):
        moderation_actions.decline_change(change, by=moderator, message="Ei.")


def test_name_that_is_taken_up_again_has_its_address_again(organization, main_user, moderator):
    slugs = []
    for names in (NEW, {"fi": "Toinen ry"}, NEW):
        change = actions.change_organization(organization, by=main_user, names=names)
        moderation_actions.accept_change(change, by=moderator)
        organization.refresh_from_db()
        slugs.append(organization.slug)
    assert slugs[0] == slugs[2]
    assert Client().get(reverse("organization_detail", args=[slugs[0]])).status_code == 200
    assert Client().get(reverse("organization_detail", args=[slugs[1]])).status_code == 301


def test_declined_change_needs_a_reason_and_leaves_all_as_it_was(organization, moderator, change):
    before = organization.names
    with pytest.raises(moderation_actions.ReasonMissing):
        moderation_actions.decline_change(change, by=moderator, message=" ")
    moderation_actions.decline_change(change, by=moderator, message="Nimi on hankkeen.")
    organization.refresh_from_db()
    assert organization.names == before
    assert "Nimi on hankkeen." in Email.objects.latest("pk").message
    change.refresh_from_db()
    assert (change.state, change.message, change.decided_by) == ("declined", "Nimi on hankkeen.", moderator)


def test_one_change_waits_and_can_be_taken_back(organization, main_user, editor, change):
    same = actions.change_organization(organization, by=main_user, names=NEW, kind="foundation")
    assert same == change
    with pytest.raises(actions.ChangeWaits):
        actions.change_organization(organization, by=main_user, names={"fi": "Kolmas ry"})
    with pytest.raises(NotPermitted):
        actions.withdraw_change(change, by=editor)
    actions.withdraw_change(change, by=main_user)
    assert waiting_cases() == []
    assert actions.change_organization(organization, by=main_user, names={"fi": "Kolmas ry"}) is not None


def test_database_holds_one_waiting_change(organization, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganizationChange.objects.create(organization=organization, names=NEW, kind="association")


def test_only_a_moderator_from_outside_decides(organization, main_user, change):
    main_user.is_moderator = True
    main_user.save()
    for person in (main_user, factories.UserFactory()):
        with pytest.raises(NotPermitted):
            moderation_actions.accept_change(change, by=person)


def test_suspended_organization_cannot_rename_itself(organization, main_user, moderator):
    moderation_actions.suspend_organization(organization, by=moderator, message="Selvitetään.")
    before = organization.names
    assert actions.change_organization(organization, by=main_user, names=NEW) is not None
    organization.refresh_from_db()
    assert organization.names == before


def test_waiting_organization_changes_name_and_kind_at_once(main_user):
    organization = factories.OrganizationFactory()
    factories.MembershipFactory(organization=organization, user=main_user, main_user=True)
    assert actions.change_organization(organization, by=main_user, names=NEW, kind="foundation") is None
    organization.refresh_from_db()
    assert (organization.names, organization.kind) == (NEW, "foundation")


def test_form_cannot_set_what_only_decisions_set(organization, main_user, stranger):
    other = factories.OrganizationFactory(active=True)
    fields = ("state", "slug", "merged_into_id", "parent_id", "asked_parent_id", "register_name", "logo")
    before = Organization.objects.values(*fields).get(pk=organization.pk)
    forged = {
        "state": "suspended",
        "slug": "stolen",
        "merged_into": other.pk,
        "merged_into_id": other.pk,
        "parent": other.pk,
        "asked_parent": other.pk,
        "register_name": "Väärä",
        "logo": "../secret_key",
        "id": other.pk,
        "pk": other.pk,
        "website": "https://www.example.org",
    }
    url = reverse("organization_edit", args=[organization.pk])
    assert browser(main_user).post(url, posted(organization, **forged)).status_code == 302
    assert Organization.objects.values(*fields).get(pk=organization.pk) == before
    organization.refresh_from_db()
    assert organization.website == "https://www.example.org", "the form itself was read"


def test_page_tells_what_waits_and_does_not_take_another_name(organization, main_user, change):
    client, url = browser(main_user), reverse("organization_edit", args=[organization.pk])
    assert NEW["fi"] in client.get(url).content.decode()
    assert (
        client.post(url, posted(organization, name_fi="Kolmas ry", website="https://www.example.org")).status_code
        == 302
    )
    assert OrganizationChange.objects.get() == change
    organization.refresh_from_db()
    assert organization.website == "https://www.example.org"


def test_bad_detail_is_said_at_its_field_and_keeps_what_was_typed(organization, main_user):
    url = reverse("organization_edit", args=[organization.pk])
    response = browser(main_user).post(url, posted(organization, name_fi="Uusi nimi ry", business_id="1234567-0"))
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"business_id"}
    assert "Uusi nimi ry" in response.content.decode()
    assert not OrganizationChange.objects.exists()
