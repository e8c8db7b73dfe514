"""Listings as a calendar (RFC 5545), with the meetings of its listings at their local time in Finland.

A weekly listing is one recurring event until the day on which the listing runs out; after a break it begins with the
break's end. Dates are an event each; what goes on without times of its own is left out. A cancelled meeting stays and
says so: most programs strike it, the others show the word, while a date that only goes missing would not tell anybody
who remembers it.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, vText

from listings.models import Session, Version
from listings.presentation import card_of, title_of
from listings.schedule import first_meeting_day
from portal.texts import Text

from .following import Followed, cancelled_sessions, host, plain, whole

MOST_LISTINGS = 200
HELSINKI = ZoneInfo("Europe/Helsinki")
# How often programs that follow a calendar ask again.
REFRESH = timedelta(hours=6)
# The rule of the European Union, in force in Finland in this shape since 1996.
TIMEZONE = """BEGIN:VTIMEZONE
TZID:Europe/Helsinki
BEGIN:STANDARD
DTSTART:19961027T040000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0300
TZOFFSETTO:+0200
TZNAME:EET
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19970330T030000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0300
TZNAME:EEST
END:DAYLIGHT
END:VTIMEZONE
""".replace("\n", "\r\n")


def calendar_of(followed: Followed, versions: Sequence[Version]) -> bytes:
    """The calendar as it is sent."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{host()}//activities//EN")
    calendar.add("version", "2.0")
    # The first is the standard's name, the others are what programs read.
    for name in ("name", "x-wr-calname"):
        calendar.add(name, followed.title)
    calendar.add("x-wr-timezone", HELSINKI.key)
    calendar.add("url", whole(followed.page_path))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    calendar.add_component(Timezone.from_ical(TIMEZONE))
    cancelled = cancelled_sessions(versions)
    for version in versions:
        for event in _events(version, {one.on: one for one in cancelled.get(version.listing_id, [])}):
            calendar.add_component(event)
    return calendar.to_ical()


def event_id(version: Version, on: date | None = None) -> str:
    """The same for every version and language of a listing."""
    day = f"-{on:%Y%m%d}" if on else ""
    return f"listing-{version.listing_id}{day}@{host()}"


def _events(version: Version, cancelled: dict[date, Session]) -> Iterator[Event]:
    if version.schedule_kind == "dates":
        for written in sorted(set(version.dates)):
            on = date.fromisoformat(written)
            if not _falls_into_break(version, on):
                yield _event(version, event_id(version, on), on, cancelled.get(on))
    elif version.schedule_kind == "weekly":
        yield from _weekly(version, cancelled)


def _falls_into_break(version: Version, on: date) -> bool:
    until = version.listing.break_until
    return until is not None and timezone.localdate() <= on < until


def _weekly(version: Version, cancelled: dict[date, Session]) -> Iterator[Event]:
    published_on = timezone.localdate(version.listing.published_at)
    begins = max(version.first_date or published_on, version.listing.paused_until or date.min)
    first = first_meeting_day(version, begins)
    last = version.listing.runs_out_on
    if first is None or last is None or last < first:
        return
    series = _event(version, event_id(version), first)
    rule = {"freq": "weekly", "wkst": "mo", "byday": [day[:2] for day in version.weekdays], "until": last}
    if version.starts:
        # Where the start has a time zone, the end is written in world time: RFC 5545, 3.3.10.
        rule["until"] = datetime.combine(last, time(23, 59, 59), HELSINKI).astimezone(UTC)
    series.add("rrule", rule)
    left_out = [on for on in map(date.fromisoformat, version.exceptions) if first <= on <= last]
    for on in left_out:
        series.add("exdate", _start(version, on), parameters={} if version.starts else {"VALUE": "DATE"})
    yield series
    for on, session in cancelled.items():
        if first <= on <= last and session.weekday in version.weekdays:
            event = _event(version, event_id(version), on, session)
            event.add("recurrence-id", _start(version, on))
            yield event


def _start(version: Version, on: date) -> date | datetime:
    """A day where there are no times: such an event takes the whole day."""
    return datetime.combine(on, version.starts, HELSINKI) if version.starts else on


def _end(version: Version, on: date) -> datetime | None:
    """None where nobody said when it ends. What ends before it starts ends on the next day."""
    if not version.starts or not version.ends or version.ends == version.starts:
        return None
    if version.ends > version.starts:
        return datetime.combine(on, version.ends, HELSINKI)
    return datetime.combine(on + timedelta(1), version.ends, HELSINKI) if on < date.max else None


def _event(version: Version, uid: str, on: date, cancelled: Session | None = None) -> Event:
    """A meeting, or the first of a series. It blocks nobody's time: one may come, or not."""
    card, title = card_of(version), title_of(version)
    changed = _changed_at(version, cancelled)
    event = Event()
    event.add("uid", uid)
    # Without a method the stamp is the time of the last change: RFC 5545, 3.8.7.2.
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", version.number + bool(cancelled))
    event.add("dtstart", _start(version, on))
    if end := _end(version, on):
        event.add("dtend", end)
    event.add("summary", _cancelled_title(title) if cancelled else _text(title))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    if card.place:
        event.add("location", plain(", ".join(filter(None, [version.shown_place.address, card.place]))))
    url = whole(version.listing.get_absolute_url())
    words = [str(card.summary), " · ".join(filter(None, [card.door_word, card.price])), url]
    event.add("description", plain("\n\n".join(filter(None, words))))
    event.add("url", url)
    event.add("categories", [plain(row.form) for row in version.form_rows.all()])
    return event


def _text(text: Text) -> vText:
    return vText(plain(text), params={"LANGUAGE": text.lang})


def _cancelled_title(title: Text) -> str:
    return plain(_("Cancelled: %(what)s") % {"what": title})


def _changed_at(version: Version, cancelled: Session | None) -> datetime:
    """When something was changed last that calendars show: a new version, a confirmation, a cancelled meeting."""
    moments = [version.changed_at]
    if version.listing.confirmed_on:
        moments.append(datetime.combine(version.listing.confirmed_on, time(), HELSINKI))
    if cancelled and cancelled.cancelled_at:
        moments.append(cancelled.cancelled_at)
    return max(moments).astimezone(UTC).replace(microsecond=0)
