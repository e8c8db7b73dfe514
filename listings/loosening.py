"""Ways out of an empty list: what is found when one thing that was asked for is let go, and what that was."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _

from listings.browsing import Link, Values, address, regions_of, without_order
from listings.forms.filters import PLACES, YES, ListingFilter
from portal.distances import neighbours

# So many ways are tried and so many shown; those that change least come first.
MOST_TRIED, MOST_SHOWN = 10, 4
SHOWN_OF_EACH = 3
LANGUAGES = ("language", "language_level")


@dataclass(frozen=True)
class Way(Link):
    """What was let go, the address of all that is found then, how many that are, and the ids of the first."""

    total: int
    ids: list[int]


def ways_out(filters: ListingFilter, path: str) -> list[Way]:
    """The ways that lead somewhere. When no single step helps, the whole list does."""
    chosen = without_order(filters.chosen())
    tried = islice(_different(_ways(chosen, filters)), MOST_TRIED)
    found = list(islice(_that_lead_somewhere(tried, filters.section, path), MOST_SHOWN))
    return found or list(_that_lead_somewhere(iter([(_("Show everything"), {})]), filters.section, path))


def _ways(chosen: Values, filters: ListingFilter) -> Iterator[tuple[str, Values]]:
    for code in chosen.get("municipality", []):
        around = {**chosen, "municipality": [*neighbours(code)]}
        if around["municipality"]:
            yield _("Near %(place)s") % {"place": filters.choices_of("municipality")[code]}, around
    for region in regions_of(chosen.get("municipality", [])):
        near = {name: values for name, values in chosen.items() if name != "municipality"}
        yield _("In the whole region: %(region)s") % {"region": region}, {**near, "region": [region.pk]}
    words = chosen.get("words", [""])[0].split()
    for word in words[:3] if len(words) > 1 else ():
        fewer = [other for other in words if other != word]
        yield _("Without the word: %(word)s") % {"word": word}, {**chosen, "words": [" ".join(fewer)]}
    if any(name in chosen for name in LANGUAGES):
        rest = {name: values for name, values in chosen.items() if name not in LANGUAGES}
        yield _("In other languages too"), rest
    if any(name in chosen for name in PLACES) and "online" not in chosen:
        rest = {name: values for name, values in chosen.items() if name not in PLACES}
        yield _("Online, from anywhere"), {**rest, "online": [YES]}
    told = {name: _told(filters, name, values) for name, values in chosen.items()}
    for name, what in told.items():
        rest = {other: kept for other, kept in chosen.items() if other != name}
        yield _("Leave out: %(what)s") % {"what": what}, rest
    for name, what in told.items():
        yield _("Only: %(what)s") % {"what": what}, {name: chosen[name]}


def _told(filters: ListingFilter, name: str, values: list[str]) -> str:
    labels = filters.choices_of(name)
    return ", ".join(labels.get(value, value) for value in values)


def _different(ways: Iterator[tuple[str, Values]]) -> Iterator[tuple[str, Values]]:
    seen: list[Values] = []
    for label, values in ways:
        if values and values not in seen:
            seen.append(values)
            yield label, values


def _that_lead_somewhere(ways: Iterator[tuple[str, Values]], section: str, path: str) -> Iterator[Way]:
    for label, values in ways:
        result = ListingFilter(values, section=section).search(per_page=SHOWN_OF_EACH, with_facets=False)
        if result.total:
            yield Way(label, address(path, values), result.total, result.ids)
