"""One answer to several versions: only when they are alike, each with its own decision, and what cannot be is told."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from listings.models import Version
from moderation import actions
from moderation.models import Decision
from portal.models import AuditEvent
from tests.guards.world import World, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


@pytest.fixture
def twins(world):
    return [world.home.version(kind) for kind in ("first twin", "second twin")]


def post(world, name, versions, **data):
    ticked = [f"{one.pk} {actions.seen_of(one)}" for one in versions]
    return client_of(world.moderator).post(reverse(name), {"version": ticked, **data})


def test_alike_are_shown_then_published_each_by_itself(world, twins):
    page = client_of(world.moderator).get(reverse("versions_together"), {"version": [one.pk for one in twins]})
    assert [row["version"].pk for row in page.context["rows"]] == [one.pk for one in twins]
    assert page.context["obstacle"] == ""
    assert post(world, "versions_publish_together", twins).status_code == 302
    assert sorted(Decision.objects.values_list("version", "outcome")) == [(one.pk, "published") for one in twins]
    assert AuditEvent.objects.filter(verb="published", noun_id__in=[one.pk for one in twins]).count() == 2


def test_returned_together_all_have_the_same_reasons(world, twins):
    missing = post(world, "versions_return_together", twins)
    assert missing.status_code == 422
    assert "message" in missing.context["form"].errors
    assert not Decision.objects.exists()
    post(world, "versions_return_together", twins, reasons=["no-referral"], message="Täydennä.")
    assert [(one.outcome, one.reasons, one.message) for one in Decision.objects.all()] == [
        ("returned", ["no-referral"], "Täydennä.")
    ] * 2


@pytest.mark.parametrize("other", ["worrying", "changed"])
def test_what_is_not_alike_is_refused_as_a_whole(world, twins, other):
    versions = [*twins, world.home.version(other)]
    decided = Decision.objects.count()
    response = post(world, "versions_publish_together", versions)
    assert response.status_code == 422
    assert "cannot be decided together" in str(response.context["obstacle"]) or response.context["obstacle"]
    assert Decision.objects.count() == decided


def test_listings_of_two_organizations_are_not_alike(world, twins):
    response = post(world, "versions_publish_together", [twins[0], world.other.version("submitted")])
    assert response.status_code == 422
    assert not Decision.objects.exists()


def test_what_another_has_in_hand_or_was_changed_is_told_and_the_rest_is_done(world, twins):
    third = world.home.version("submitted")
    actions.take_case("version", twins[0].pk, by=world.judge)
    # As if the second had been taken back and submitted again meanwhile.
    twins[1].submitted_at = twins[1].created_at
    response = post(world, "versions_publish_together", [*twins, third])
    assert response.status_code == 302
    levels = [message.level_tag for message in get_messages(response.wsgi_request)]
    assert sorted(levels) == ["success", "warning", "warning"]
    assert list(Version.objects.filter(state="published").values_list("pk", flat=True)) == [third.pk]
