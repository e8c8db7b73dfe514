"""The week calendar: what meets on each of seven days, from the sessions of the listings that a search found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from listings.models import Session, Version
from listings.presentation import Card, card_of, for_cards
from listings.schedule import WEEKDAYS
from listings.search import Day
from portal import moments

DAYS = 7
# Of a day with more, the list shows the rest.
MEETINGS_SHOWN = 12
# Meetings are written this far ahead and a little further.
FURTHEST = timedelta(days=182)


@dataclass(frozen=True)
class Meeting:
    """A card with the hours at which it meets on one day."""

    card: Card
    hours: str


@dataclass(frozen=True)
class CalendarDay:
    """`weekday` is the code of the filter; `more` counts the meetings that are not shown."""

    name: str
    short_name: str
    date: str
    iso: str
    weekday: str
    total: int
    meetings: list[Meeting]

    @property
    def more(self) -> int:
        return self.total - len(self.meetings)


def first_day(written: str | None, today: date) -> date:
    """The first day of the week as it stands in an address; today for what is none, over or too far away."""
    try:
        day = date.fromisoformat(written or "")
    except ValueError:
        return today
    return day if today <= day <= today + FURTHEST else today


def week_from(first: date) -> list[date]:
    return [first + timedelta(number) for number in range(DAYS)]


def calendar(found: Mapping[date, Day], today: date) -> list[CalendarDay]:
    """The days with their meetings, in three queries and those of the cards."""
    ids = sorted({pk for day in found.values() for pk in day.ids})
    cards = _cards(ids)
    rows = Session.objects.filter(listing__in=ids, on__in=list(found), cancelled_at__isnull=True) if ids else ()
    hours = {(row.listing_id, row.on): moments.clock_range(row.starts, row.ends) for row in rows}
    return [
        CalendarDay(
            name=_day_name(day, today),
            short_name=moments.weekday_short(day),
            iso=day.isoformat(),
            date=moments.day_and_month(day),
            weekday=WEEKDAYS[day.weekday()],
            total=one.total,
            meetings=[Meeting(cards[pk], hours[pk, day]) for pk in one.ids if pk in cards and (pk, day) in hours],
        )
        for day, one in found.items()
    ]


def _cards(ids: Sequence[int]) -> dict[int, Card]:
    rows = for_cards(Version.objects.public().filter(listing__in=ids)) if ids else ()
    return {row.listing_id: card_of(row) for row in rows}


def _day_name(day: date, today: date) -> str:
    """`Today`, `Tomorrow`, `Tuesday`."""
    if day == today:
        return _("Today")
    if day == today + timedelta(1):
        return _("Tomorrow")
    name = moments.weekday_long(day)
    return name[:1].upper() + name[1:]
