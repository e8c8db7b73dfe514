"""The calendars, read by the same rules as calendar programs do: days, local times, cancelled meetings, identifiers."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from django.urls import reverse
from django.utils import timezone, translation
from icalendar import Calendar, Timezone

from listings import actions
from listings.feeds.calendars import TIMEZONE
from listings.models import Listing, Session
from tests import factories

pytestmark = pytest.mark.django_db
HELSINKI = ZoneInfo("Europe/Helsinki")


def calendar(client, name="listing_list_calendar", *args, reader="fi", **query) -> Calendar:
    with translation.override(reader):
        response = client.get(reverse(name, args=args, query=query))
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert all(len(line) <= 75 for line in response.content.split(b"\r\n"))
    return Calendar.from_ical(response.content)


def of_listing(client, listing, reader="fi") -> list:
    return calendar(client, "listing_calendar", listing.slug, reader=reader).walk("VEVENT")


def meetings(event) -> list[datetime]:
    """The starts of a series in world time, by the time zone that the calendar itself brings."""
    start = event.decoded("dtstart")
    rule = event["rrule"].to_ical().decode()
    return [one.astimezone(UTC) for one in rrulestr(rule, dtstart=start)]


def on(listing, days) -> list[date]:
    return list(listing.sessions.filter(on__in=days).values_list("on", flat=True))


def test_weekly_listing_stays_at_its_local_time_when_the_clocks_change(client):
    listing = factories.public_listing(first_date=date(2026, 10, 5), last_date=None)
    Listing.objects.update(confirmed_on=timezone.localdate())
    (event,) = of_listing(client, listing)
    starts = meetings(event)
    assert event.decoded("dtstart") == datetime(2026, 10, 5, 17, tzinfo=HELSINKI)
    assert datetime(2026, 10, 19, 14, tzinfo=UTC) in starts
    assert datetime(2026, 10, 26, 15, tzinfo=UTC) in starts
    assert {one.astimezone(HELSINKI).time() for one in starts} == {time(17)}
    assert starts[-1].astimezone(HELSINKI).date() <= Listing.objects.get().runs_out_on


def test_series_meets_on_the_days_of_the_session_rows(client):
    first, last = timezone.localdate() + timedelta(days=3), timezone.localdate() + timedelta(days=40)
    listing = factories.public_listing(weekdays=["wed", "sat"], first_date=first, last_date=last)
    (event,) = of_listing(client, listing)
    days = [one.astimezone(HELSINKI).date() for one in meetings(event)]
    assert days == list(listing.sessions.values_list("on", flat=True))
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(minutes=90)


def test_time_zone_that_is_sent_agrees_with_the_machines():
    sent = Timezone.from_ical(TIMEZONE.replace("Europe/Helsinki", "Test/Helsinki")).to_tz()
    hours = [
        datetime(year, month, 25, hour) for year in (2025, 2026, 2030, 2037) for month in (3, 10) for hour in (1, 9)
    ]
    for hour in [one + timedelta(days=days) for one in hours for days in range(-1, 7)]:
        assert hour.replace(tzinfo=sent).utcoffset() == hour.replace(tzinfo=HELSINKI).utcoffset(), hour


def test_cancelled_meeting_says_so_and_the_others_stay(client):
    listing = factories.public_listing()
    before = meetings(of_listing(client, listing)[0])
    session = listing.sessions.order_by("on")[1]
    Session.objects.filter(pk=session.pk).update(cancelled_at=timezone.now())
    series, cancelled = of_listing(client, listing)
    assert meetings(series) == before
    assert cancelled["uid"] == series["uid"]
    assert cancelled["status"] == "CANCELLED"
    assert cancelled.decoded("recurrence-id") == datetime.combine(session.on, time(17), HELSINKI)
    assert cancelled.decoded("recurrence-id").astimezone(UTC) in before
    assert "Kielikahvila kirjastossa" in cancelled["summary"]
    assert cancelled["summary"] != series["summary"]


def test_dates_are_events_of_their_own_and_a_cancelled_one_says_so(client):
    days = [timezone.localdate() + timedelta(days=number) for number in (3, 10)]
    listing = factories.public_listing(
        schedule_kind="dates", weekdays=[], dates=[day.isoformat() for day in days], last_date=None
    )
    Session.objects.filter(on=days[1]).update(cancelled_at=timezone.now())
    events = of_listing(client, listing)
    assert [event.decoded("dtstart") for event in events] == [datetime.combine(day, time(17), HELSINKI) for day in days]
    assert [str(event["status"]) for event in events] == ["CONFIRMED", "CANCELLED"]
    assert len({str(event["uid"]) for event in events}) == 2


def test_meeting_without_times_takes_the_whole_day(client):
    listing = factories.public_listing()
    listing.versions.update(starts=None, ends=None)
    (event,) = of_listing(client, listing)
    assert event["dtstart"].params["VALUE"] == "DATE"
    assert event.decoded("dtstart") == listing.sessions.first().on
    assert type(event["rrule"]["until"][0]) is date


def test_meeting_over_midnight_ends_on_the_next_day(client):
    listing = factories.public_listing()
    listing.versions.update(starts=time(22), ends=time(1))
    (event,) = of_listing(client, listing)
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(hours=3)


def test_continuous_listing_has_a_calendar_without_events(client):
    listing = factories.public_listing(schedule_kind="continuous", weekdays=[], starts=None, ends=None, last_date=None)
    assert of_listing(client, listing) == []
    assert calendar(client).walk("VEVENT") == []


def test_identifier_stays_when_a_new_version_is_published(client, organization, editor, moderator):
    version = factories.draft(organization, by=editor)
    listing = factories.published(factories.submitted(version, by=editor), by=moderator).listing
    (before,) = of_listing(client, listing)
    version = actions.open_new_version(listing, by=editor)
    changes = {"title": {"fi": "Uusi nimi"}, "summary": {"fi": "Uusi lause."}, "starts": time(18), "ends": time(19)}
    version = actions.save_answers(version, by=editor, answers=changes)
    factories.published(factories.submitted(version, by=editor), by=moderator)
    (after,) = of_listing(client, listing)
    assert (str(before["summary"]), str(after["summary"])) == ("Kielikahvila kirjastossa", "Uusi nimi")
    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
    assert after.decoded("last-modified") >= before.decoded("last-modified")
    assert after.decoded("dtstart").time() == time(18)


def test_nothing_changes_while_nothing_changes(client):
    """Programs that ask again get the same bytes, so that the ETag holds."""
    factories.public_listing()
    path = reverse("listing_list_calendar")
    first = client.get(path)
    assert first.content == client.get(path).content
    assert client.get(path, headers={"if-none-match": first.headers["ETag"]}).status_code == 304


def test_text_in_another_language_says_so(client):
    listing = factories.public_listing(
        title={"sv": "Kören; sjunger, högt"}, summary={"sv": "Alla får\nsjunga."}, description={"sv": "Vi sjunger."}
    )
    (event,) = of_listing(client, listing)
    assert event["summary"].params["LANGUAGE"] == "sv"
    assert str(event["summary"]) == "Kören; sjunger, högt"
    assert "Alla får\nsjunga." in event["description"]
    assert "/fi/activities/" in event["url"]
    (event,) = of_listing(client, listing, reader="en")
    assert "/en/activities/" in event["url"]


def test_calendar_of_a_search_has_what_the_list_shows(client):
    factories.public_listing(title={"fi": "Oulun kahvila"})
    factories.public_listing(title={"fi": "Turun kahvila"}, municipalities=["853"])
    events = calendar(client, municipality="853").walk("VEVENT")
    assert [str(event["summary"]) for event in events] == ["Turun kahvila"]
    assert len(calendar(client).walk("VEVENT")) == 2
    assert calendar(client, "professional_list_calendar").walk("VEVENT") == []
    assert "Turku" in calendar(client, municipality="853")["x-wr-calname"]


def test_calendar_of_an_organization_has_its_own_listings(client, organization):
    factories.public_listing(organization)
    factories.public_listing()
    assert len(calendar(client, "organization_calendar", organization.slug).walk("VEVENT")) == 1
