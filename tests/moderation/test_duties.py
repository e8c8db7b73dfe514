"""Duties: which regions are whose on a day, and what can be written about days away."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from post_office.models import Email

from moderation import actions
from moderation.clock.duties import NoStandIn, looks_after, regions_of, regions_of_version
from moderation.models import Duty
from organizations.models import User
from portal.models import AuditEvent, Region
from portal.refusals import NotPermitted
from tests import factories

TODAY = date(2026, 11, 25)
AWAY = {"away_from": date(2026, 11, 23), "away_until": date(2026, 11, 27)}
# Uusimaa, North Ostrobothnia, Lapland
SOUTH, NORTH, FAR = "01", "17", "19"


@pytest.fixture
def others(db):
    """All other regions, so that nothing is left over for everybody."""
    someone = factories.UserFactory(moderator=True)
    duty(someone, *Region.objects.exclude(pk__in=[SOUTH, NORTH, FAR]).values_list("pk", flat=True))
    return someone


@pytest.fixture
def south(others):
    return duty(factories.UserFactory(moderator=True), SOUTH).moderator


@pytest.fixture
def north(others):
    return duty(factories.UserFactory(moderator=True), NORTH).moderator


@pytest.fixture
def far(others):
    return duty(factories.UserFactory(moderator=True), FAR).moderator


def duty(moderator, *regions, **fields):
    found, _created = Duty.objects.update_or_create(moderator=moderator, defaults=fields)
    if regions:
        found.regions.set(regions)
    return found


def test_regions_are_those_chosen_and_without_a_choice_the_whole_country(south, north, far, moderator):
    assert regions_of(south, TODAY) == {SOUTH}
    assert regions_of(moderator, TODAY) is None


def test_region_that_nobody_looks_after_is_everybodys(south, north, others):
    assert regions_of(south, TODAY) == {SOUTH, FAR}
    assert regions_of(north, TODAY) == {NORTH, FAR}


def test_cases_of_whoever_is_away_go_to_the_stand_in(south, north, far):
    duty(north, stand_in=south, **AWAY)
    assert regions_of(south, TODAY) == {SOUTH, NORTH}
    assert regions_of(far, TODAY) == {FAR}
    for day in (AWAY["away_from"] - timedelta(days=1), AWAY["away_until"] + timedelta(days=1)):
        assert regions_of(south, day) == {SOUTH}


@pytest.mark.parametrize("why", ["nobody", "away", "closed", "no moderator"])
def test_cases_go_to_all_when_nobody_can_stand_in(south, north, far, others, why):
    duty(north, stand_in=None if why == "nobody" else far, **AWAY)
    if why == "away":
        duty(far, stand_in=others, **AWAY)
    elif why == "closed":
        User.objects.filter(pk=far.pk).update(is_active=False)
    elif why == "no moderator":
        User.objects.filter(pk=far.pk).update(is_moderator=False)
    assert NORTH in regions_of(south, TODAY)
    assert NORTH in regions_of(others, TODAY)


def test_whole_country_has_a_stand_in_too(south, moderator):
    duty(moderator, stand_in=south, **AWAY)
    assert regions_of(south, TODAY) is None


def test_what_is_online_is_everybodys(south, organization, editor):
    online = factories.draft(organization, by=editor, location_mode="online", municipalities=[])
    onsite = factories.draft(organization, by=editor)
    assert regions_of_version(online) == set()
    assert regions_of_version(onsite) == {NORTH}
    assert looks_after({SOUTH}, set())
    assert not looks_after({SOUTH}, {NORTH})
    assert looks_after(None, {NORTH})


# Writing it


def day(days):
    return f"{timezone.localdate() + timedelta(days=days):%d.%m.%Y}"


def posted(client, moderator, **data):
    client.force_login(moderator)
    return client.post(reverse("moderation_duty"), data)


def test_duty_is_written_once_and_the_stand_in_is_told(client, south, north):
    data = {"regions": [SOUTH, FAR], "away_from": day(3), "away_until": day(9), "stand_in": north.pk}
    assert posted(client, south, **data).status_code == 302
    written = Duty.objects.get(moderator=south)
    assert {region.pk for region in written.regions.all()} == {SOUTH, FAR}
    assert (written.away_until - written.away_from).days == 6
    mail = Email.objects.get()
    assert mail.to == [north.email]
    assert mail.subject == f"You stand in for {south}"
    assert posted(client, south, **data).status_code == 302
    assert Email.objects.count() == AuditEvent.objects.filter(verb="changed_duty").count() == 1


@pytest.mark.parametrize(
    ("data", "field", "words"),
    [
        ({"away_from": "joskus", "away_until": day(3)}, "away_from", "This is not a date"),
        ({"away_until": day(3)}, "away_from", "Write the first day, too."),
        ({"away_from": day(3)}, "away_until", "Write the last day, too."),
        ({"away_from": day(9), "away_until": day(3)}, "away_until", "The last day is before the first."),
        ({"away_from": day(-9), "away_until": day(-1)}, "away_until", "These days are over."),
        ({"away_from": day(1), "away_until": day(900)}, "away_until", "more than a year"),
        ({"regions": ["99"]}, "regions", "There is no such region."),
        ({"stand_in": "north"}, "away_from", "on which days"),
        ({"away_from": day(1), "away_until": day(3), "stand_in": "self"}, "stand_in", "stand in for yourself"),
        ({"away_from": day(1), "away_until": day(3), "stand_in": "editor"}, "stand_in", "no moderator"),
        ({"away_from": day(1), "away_until": day(3), "stand_in": "away"}, "stand_in", "is away on some"),
        ({"away_from": day(1), "away_until": day(3), "stand_in": "x"}, "stand_in", "no moderator"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(client, south, north, editor, far, data, field, words):
    today = timezone.localdate()
    duty(far, away_from=today + timedelta(days=3), away_until=today + timedelta(days=20))
    people = {"self": south, "north": north, "editor": editor, "away": far}
    if data.get("stand_in") in people:
        data = {**data, "stand_in": people[data["stand_in"]].pk}
    client.cookies["django_language"] = "en"
    client.force_login(south)
    response = client.post("/en/moderation/duty/", data)
    assert response.status_code == 422
    (error,) = response.context["form"].errors[field]
    assert words in error
    assert not Email.objects.exists()
    if data.get("away_from"):
        assert f'value="{data["away_from"]}"' in response.content.decode()


def test_stand_in_who_went_away_meanwhile_is_refused(south, north):
    today = timezone.localdate()
    duty(north, away_from=today, away_until=today)
    with pytest.raises(NoStandIn):
        actions.change_duty(by=south, away_from=today, away_until=today, stand_in=north)


def test_nobody_else_has_a_duty(editor):
    with pytest.raises(NotPermitted):
        actions.change_duty(by=editor, regions=[SOUTH])
    assert not Duty.objects.exists()


def test_page_shows_ones_own_and_all_others(client, south, north, far):
    today = timezone.localdate()
    duty(north, stand_in=south, away_from=today, away_until=today + timedelta(days=2))
    duty(south, stand_in=far, away_from=today - timedelta(days=9), away_until=today - timedelta(days=2))
    client.force_login(south)
    response = client.get("/en/moderation/duty/")
    page = response.content.decode()
    assert f"You stand in for {north}" in page
    assert "Away today" in page
    assert "Lapland" in page
    # Days that are over are neither shown nor sent again.
    assert response.context["form"]["away_from"].value() is None
    assert response.context["form"]["regions"].value() == [SOUTH]
