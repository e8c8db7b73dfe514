"""What moderators tell each other: kept, shown to them alone."""

import pytest
from django.urls import reverse
from post_office.models import Email

from listings.activity_log import happenings
from moderation import actions
from moderation.models import InternalNote
from organizations.models import Membership
from portal.refusals import NotPermitted
from tests import factories

pytestmark = pytest.mark.django_db
SECRET = "Sama puhelinnumero kuin viime vuonna suljetulla."


def test_note_is_shown_on_the_pages_of_moderators_and_nowhere_else(client, submitted, organization, moderator, editor):
    client.force_login(moderator)
    page = reverse("version_decide", args=[submitted.pk])
    response = client.post(reverse("listing_note", args=[submitted.listing_id]), {"text": SECRET, "back": page})
    assert response.url == page
    for name, pk in (("version_decide", submitted.pk), ("organization_decide", organization.pk)):
        assert SECRET in client.get(reverse(name, args=[pk])).content.decode()
    assert not Email.objects.filter(message__contains=SECRET).exists()
    assert not happenings(organization).filter(verb="noted").exists()
    client.force_login(editor)
    for name, pk in (
        ("listing_manage", submitted.listing_id),
        ("organization_desk", organization.pk),
        ("organization_activity", organization.pk),
    ):
        response = client.get(reverse(name, args=[pk]))
        assert response.status_code == 200
        assert SECRET not in response.content.decode()


def test_moderator_of_the_organization_neither_reads_nor_writes(client, submitted, organization, moderator):
    actions.write_internal_note(organization, by=moderator, text=SECRET)
    own = factories.UserFactory(moderator=True)
    Membership.objects.create(organization=organization, user=own, state="active")
    with pytest.raises(NotPermitted):
        actions.write_internal_note(organization, by=own, text="Hei.")
    client.force_login(own)
    assert SECRET not in client.get(reverse("version_decide", args=[submitted.pk])).content.decode()
    assert client.post(reverse("organization_note", args=[organization.pk]), {"text": "Hei."}).status_code == 404


def test_note_about_another_listing_is_not_on_this_ones_page(client, organization, editor, submitted, moderator):
    other = factories.draft(organization, by=editor, venue="Nuorisotalo")
    actions.write_internal_note(organization, by=moderator, text=SECRET, listing=other.listing)
    client.force_login(moderator)
    assert SECRET not in client.get(reverse("version_decide", args=[submitted.pk])).content.decode()


def test_second_click_keeps_one_note(client, organization, moderator):
    client.force_login(moderator)
    for _click in range(2):
        client.post(reverse("organization_note", args=[organization.pk]), {"text": SECRET})
    assert InternalNote.objects.count() == 1


@pytest.mark.parametrize("text", ["", "x" * 2001])
def test_wrong_note_is_told_at_its_field_and_stays(client, organization, moderator, text):
    client.force_login(moderator)
    response = client.post(reverse("organization_note", args=[organization.pk]), {"text": text})
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"text"}
    assert response.context["form"]["text"].value() == text


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "moderation_queue"])
def test_note_leads_back_into_the_portal_only(client, organization, moderator, back):
    client.force_login(moderator)
    response = client.post(reverse("organization_note", args=[organization.pk]), {"text": SECRET, "back": back})
    assert response.url == reverse("organization_decide", args=[organization.pk])
