"""The people who wait are told by which day they get an answer, and openly when it is late."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from listings.models import Version
from organizations.models import Organization, OrganizationChange
from portal.moments import full_date
from portal.working_days import promised_day

LONG_AGO = timedelta(days=30)


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def page(client, user, url):
    client.force_login(user)
    return client.get(url).content.decode()


def test_author_is_told_the_day_after_sending(client, draft, editor):
    client.force_login(editor)
    response = client.post(f"/en/desk/listings/{draft.listing_id}/submit/", follow=True)
    draft.refresh_from_db()
    assert f"Sent. A moderator answers by {full_date(promised_day(draft.submitted_at))}." in response.content.decode()


@pytest.mark.parametrize("url", ["/en/desk/listings/{listing}/", "/en/desk/organizations/{organization}/"])
def test_promise_stands_on_the_listing_and_at_the_desk(client, submitted, organization, editor, url):
    url = url.format(listing=submitted.listing_id, organization=organization.pk)
    day = full_date(promised_day(submitted.submitted_at))
    assert f"A moderator reads it and answers by {day}." in page(client, editor, url)
    late = timezone.now() - LONG_AGO
    Version.objects.filter(pk=submitted.pk).update(submitted_at=late)
    shown = page(client, editor, url)
    assert f"We promised an answer by {full_date(promised_day(late))} and are late." in shown
    assert "The moderators have been reminded." in shown


def test_waiting_organization_sees_its_day(client, organization, main_user):
    url = f"/en/desk/organizations/{organization.pk}/"
    assert "You get an answer by" not in page(client, main_user, url)
    Organization.objects.filter(pk=organization.pk).update(state=Organization.State.PENDING)
    day = full_date(promised_day(organization.registered_at))
    assert f"You get an answer by {day}." in page(client, main_user, url)
    Organization.objects.filter(pk=organization.pk).update(registered_at=timezone.now() - LONG_AGO)
    assert "and are late" in page(client, main_user, url)


def test_new_name_that_waits_has_its_day(client, organization, main_user):
    change = OrganizationChange.objects.create(organization=organization, names={"fi": "Uusi ry"}, kind="association")
    shown = page(client, main_user, f"/en/desk/organizations/{organization.pk}/edit/")
    assert f"You get an answer by {full_date(promised_day(change.asked_at))}." in shown
