"""Finds, counts and orders the public listings that fit words and filters: `search()` is all that others need.

Union inside a group of values, intersection between the groups; each facet's counts are taken under all other filters.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial, reduce
from operator import and_, or_

from django.utils import timezone
from pyroaring import BitMap

from listings.models import Document, Listing
from listings.schedule import WEEKDAYS
from portal.distances import nearest_first
from portal.languages import full_language

from . import postings
from .matching import match
from .postings import Snapshot
from .reading import read
from .terms import day_term

SOONEST, NEWEST, RELEVANCE, NEAREST = "soonest", "newest", "relevance", "nearest"
ORDERS = (SOONEST, NEWEST, RELEVANCE, NEAREST)
YES = "yes"

Filters = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Result:
    """What was found: listing ids of the page in order, their total, counts by facet and value, and what was changed.

    `corrections` are the words that were searched along, by the word that was typed.
    """

    ids: list[int]
    total: int
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    corrections: dict[str, str] = field(default_factory=dict)
    scores: list[float] = field(default_factory=list)
    days: dict[date, "Day"] = field(default_factory=dict)


@dataclass(frozen=True)
class Day:
    """How many of what was found meet on a day, and the listing ids of the first, in the order of their times."""

    total: int
    ids: list[int]


# filter name -> the kind of its terms; the value is what stands after the colon
BY_TERM = {
    "participation": "participation",
    "form": "form",
    "language": "language",
    "language_level": "level",
    "target_group": "group",
    "audience": "audience",
    "organization": "organization",
}
# filter with the one value yes -> the terms that mean it
BY_YES = {
    "free": ("price:free",),
    "online": ("mode:online", "mode:hybrid"),
    "childcare": ("is:childcare",),
    "accessible": ("is:accessible",),
    "evening": ("is:evening",),
}
PLACE = ("municipality", "region")


def _value(seen: Snapshot, name: str, value: str, today: date) -> BitMap:
    """The documents that have one value of a filter, whether readers still see them or not."""
    if name in BY_TERM:
        return seen.of(f"{BY_TERM[name]}:{value}")
    if name in PLACE:
        return seen.of(f"{name}:{value}")
    if name == "weekday":
        return seen.meeting_on(WEEKDAYS.index(value), today)
    if name == "when":
        return _meeting_within(seen, value, today)
    return reduce(or_, map(seen.of, BY_YES[name]))


def _meeting_within(seen: Snapshot, value: str, today: date) -> BitMap:
    """`today`, `week` (the next seven days) or `weekend` (any coming Saturday or Sunday)."""
    if value == "weekend":
        return seen.meeting_on(5, today) | seen.meeting_on(6, today)
    last = today if value == "today" else today + timedelta(6)
    return reduce(or_, [numbers for day, numbers in seen.days_from(today) if day <= last], BitMap())


def _groups(seen: Snapshot, filters: Filters, today: date) -> dict[str, BitMap]:
    """For each filter that is set, the documents that have any of its values. Municipalities and regions are one."""
    groups: dict[str, BitMap] = {}
    for name, values in filters.items():
        if values:
            group = "place" if name in PLACE else name
            found = reduce(or_, (_value(seen, name, value, today) for value in values))
            groups[group] = groups[group] | found if group in groups else found
    return groups


def search(
    words: str = "",
    filters: Filters | None = None,
    language: str = "fi",
    page: int = 1,
    order: str = "",
    *,
    section: str = Listing.ACTIVITY,
    per_page: int = 20,
    near: str = "",
    facets: Mapping[str, Sequence[str]] | None = None,
    days: Sequence[date] = (),
    per_day: int = 0,
    today: date | None = None,
) -> Result:
    """Search the public listings of a section.

    `filters` has the values of each filter, `facets` the values of each facet that are to be counted. `order` is one
    of ORDERS; by default relevance when there are words, else the soonest meeting. `near` is the code of the
    municipality from which the nearest order begins. A page after the last is empty.
    `days` are those whose meetings are asked for, the first `per_day` of each.
    """
    today = today or timezone.localdate()
    seen = postings.snapshot()
    everything = seen.live(today) & seen.of(f"section:{section}")
    reading = read(words, full_language(language))
    groups = _groups(seen, filters or {}, today)
    matched = match(reading, seen, everything, today) if reading.units else None
    text = matched.documents if matched else everything
    found = reduce(and_, groups.values(), text)
    counts = _count(seen, text, groups, facets or {}, today, is_plain=matched is None and not groups)
    order = order or (RELEVANCE if matched else SOONEST)
    start = max(page - 1, 0) * per_page
    parts = matched.by_score(found) if matched and order == RELEVANCE else [(0.0, found)]
    numbers, scores = _page(parts, _order(seen, order, near, today), start, per_page)
    ids = _listings(seen.generation, numbers)
    kept = [(ids[number], score) for number, score in zip(numbers, scores, strict=True) if number in ids]
    return Result(
        ids=[pk for pk, _score in kept],
        total=len(found),
        facets=counts,
        corrections=matched.corrections if matched else {},
        scores=[score for _pk, score in kept],
        days=_days(seen, found, days, per_day),
    )


def _days(seen: Snapshot, found: BitMap, days: Sequence[date], most: int) -> dict[date, Day]:
    """What meets on each of the days. Cancelled meetings are not among the days of a listing."""
    meeting = {day: found & seen.of(day_term(day)) for day in days}
    first = {day: _slice(_by_hour(seen, numbers), 0, most) for day, numbers in meeting.items()}
    ids = _listings(seen.generation, [number for numbers in first.values() for number in numbers])
    return {
        day: Day(len(meeting[day]), [ids[number] for number in numbers if number in ids])
        for day, numbers in first.items()
    }


def _by_hour(seen: Snapshot, numbers: BitMap) -> Iterator[BitMap]:
    return filter(None, (numbers & hour for hour in seen.hours()))


def _listings(generation: int, numbers: Sequence[int]) -> dict[int, int]:
    rows = Document.objects.filter(generation=generation, number__in=numbers)
    return dict(rows.values_list("number", "listing_id")) if numbers else {}


def _count(
    seen: Snapshot,
    text: BitMap,
    groups: Mapping[str, BitMap],
    facets: Mapping[str, Sequence[str]],
    today: date,
    *,
    is_plain: bool,
) -> dict[str, dict[str, int]]:
    """How many documents each value of each facet would leave, under all the other filters."""
    key = (
        "counts",
        len(text),
        text.max() if text else 0,
        today,
        tuple((name, *values) for name, values in facets.items()),
    )
    if is_plain and key in seen.remembered:
        return seen.remembered[key]
    counts: dict[str, dict[str, int]] = {}
    for name, values in facets.items():
        group = "place" if name in PLACE else name
        others = reduce(and_, (numbers for other, numbers in groups.items() if other != group), text)
        of_value = {value: others.intersection_cardinality(_value(seen, name, value, today)) for value in values}
        counts[name] = {value: number for value, number in of_value.items() if number}
    if is_plain:
        seen.remembered[key] = counts
    return counts


def _page(
    parts: Iterable[tuple[float, BitMap]], in_order: Callable[[BitMap], Iterator[BitMap]], start: int, size: int
) -> tuple[list[int], list[float]]:
    """The numbers of one page with their scores: the best part first, each part in its order."""
    numbers: list[int] = []
    scores: list[float] = []
    passed = 0
    for score, part in parts:
        if passed + len(part) > start and len(numbers) < size:
            taken = _slice(in_order(part), max(start - passed, 0), size - len(numbers))
            numbers += taken
            scores += [score] * len(taken)
        passed += len(part)
    return numbers, scores


def _order(seen: Snapshot, order: str, near: str, today: date) -> Callable[[BitMap], Iterator[BitMap]]:
    """How what counts the same is put in order: the soonest first, but where another order was asked for."""
    if order == NEWEST:
        return _newest
    if order == NEAREST:
        return partial(_nearest, seen, near, today)
    return partial(_soonest, seen, today)


def _newest(numbers: BitMap) -> Iterator[BitMap]:
    yield numbers


def _nearest(seen: Snapshot, near: str, today: date, numbers: BitMap) -> Iterator[BitMap]:
    """Parts by municipality, the nearest first; in each the soonest first. What is nowhere, as online, comes last."""
    left = numbers
    for code in nearest_first(near):
        here = left & seen.of(f"municipality:{code}")
        if here:
            yield from _soonest(seen, today, here)
            left = left - here
    yield from _soonest(seen, today, left)


def _soonest(seen: Snapshot, today: date, numbers: BitMap) -> Iterator[BitMap]:
    """Parts in the order of their next meeting: by day, within a day by half hours; what has no meeting comes last."""
    left = numbers
    for _day, meeting in seen.days_from(today):
        on_day = left & meeting
        if on_day:
            yield from _by_hour(seen, on_day)
            left = left - on_day
        if not left:
            return
    yield left


def _slice(parts: Iterator[BitMap], start: int, size: int) -> list[int]:
    """So many numbers from a position on, the highest of each part first."""
    taken: list[int] = []
    for part in parts:
        count = len(part)
        if start >= count:
            start -= count
            continue
        first = max(count - start - (size - len(taken)), 0)
        taken += reversed(part[first : count - start].to_array())
        start = 0
        if len(taken) >= size:
            break
    return taken
