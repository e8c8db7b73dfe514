"""On which days an activity meets, from its schedule. Pure functions and the one that writes the rows."""

from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from listings.models import Listing, Session, Version

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def weekday_of(day: date) -> str:
    return WEEKDAYS[day.weekday()]


def _later(day: date, days: int) -> date:
    """So many days later; the first or last day of the calendar where there is none."""
    return date.fromordinal(min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal()))


def meeting_days(version: Version, *, since: date, until: date) -> list[date]:
    """The days between `since` and `until`, both included, on which the version says that people meet."""
    days = _days_of_rhythm(version, since=since, until=until)
    return [day for day in days if day.isoformat() not in version.exceptions] if version.exceptions else days


def _days_of_rhythm(version: Version, *, since: date, until: date) -> list[date]:
    """The same with the days that a weekly activity leaves out."""
    if version.schedule_kind == "dates":
        days = sorted({date.fromisoformat(day) for day in version.dates})
        return [day for day in days if since <= day <= until]
    if version.schedule_kind != "weekly" or not version.weekdays:
        return []
    begin = max(since, version.first_date or since)
    end = min(until, version.last_date or until)
    span = range((end - begin).days + 1)
    return [day for day in (begin + timedelta(n) for n in span) if weekday_of(day) in version.weekdays]


def first_meeting_day(version: Version, since: date) -> date | None:
    """The first day of its rhythm from `since` on; None when there is none within a week of its beginning."""
    if version.schedule_kind == "dates":
        days = meeting_days(version, since=since, until=date.max)
    else:
        days = _days_of_rhythm(version, since=since, until=_later(max(since, version.first_date or since), 6))
    return days[0] if days else None


def last_meeting_day(version: Version) -> date | None:
    """The day after which it is over; None when it has no end."""
    if version.schedule_kind == "dates" and version.dates:
        return max(date.fromisoformat(day) for day in version.dates)
    if version.schedule_kind == "weekly" and version.last_date:
        week = _days_of_rhythm(version, since=_later(version.last_date, -6), until=version.last_date)
        return week[-1] if week else version.last_date
    return None


def upcoming_days(version: Version, today: date) -> list[date]:
    """The meeting days from today on, by the schedule alone (a draft has no session rows)."""
    return meeting_days(version, since=today, until=_horizon(version, today))


def next_meeting_day(version: Version, today: date) -> date | None:
    """The first of them, or None."""
    days = upcoming_days(version, today)
    return days[0] if days else None


def _horizon(version: Version, today: date) -> date:
    """How far sessions are written: a little beyond the day on which the listing has to be confirmed again."""
    if version.schedule_kind == "dates":
        return date.max
    begin = max(today, version.first_date or today)
    return _later(begin, settings.LISTING_CONFIRMATION_DAYS + 20)


def write_sessions(listing: Listing, version: Version) -> None:
    """Bring the session rows from today on in line with the schedule; a cancelled day stays cancelled.

    There are none before the end of a break: so it shows nowhere, and it comes back by itself.
    """
    today = timezone.localdate()
    days = upcoming_days(version, max(today, listing.paused_until or today))
    listing.sessions.filter(on__gte=today).exclude(on__in=days).delete()
    Session.objects.bulk_create(
        [
            Session(listing=listing, on=day, weekday=weekday_of(day), starts=version.starts, ends=version.ends)
            for day in days
        ],
        update_conflicts=True,
        unique_fields=["listing", "on"],
        update_fields=["starts", "ends", "weekday"],
    )
    listing.last_session_on = last_meeting_day(version)
    listing.save(update_fields=["last_session_on"])
