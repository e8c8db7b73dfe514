"""Listings that may be the same as the one to be decided: found by the search, then compared word by word.

A version that waits is not in the search, so its title is what is looked for; what the same organization has sent and
nobody has decided is looked through by itself.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz

from listings.models import Version, VersionForm
from listings.presentation import title_of
from listings.search import search
from portal.texts import Text

MOST = 5
# So many are looked for in each language and place, and so many undecided ones of the organization are read.
LOOKED_AT = 8
# From which percentage of equal words on a text is like another; titles of few words are more often alike by chance.
LIKE_TITLE, LIKE_TEXT = 85, 80
SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Similar:
    """Another listing, and what is alike in it, the weightiest first."""

    version: Version
    title: Text
    alike: list[str]

    @property
    def is_public(self) -> bool:
        return self.version.state == Version.State.PUBLISHED


def similar_to(version: Version) -> list[Similar]:
    """At most five others that readers see or that wait, those with the most alike first."""
    weighed = []
    for other in _candidates(version):
        alike = [(weight, words) for weight, words in _alike(version, other) if weight]
        # To be of the same organization, or to meet in the same house at the same time, alone says little.
        if sum(weight for weight, _words in alike) > 1:
            weighed.append((-sum(weight for weight, _words in alike), other.pk, other, alike))
    weighed.sort(key=lambda one: one[:2])
    return [
        Similar(other, title_of(other), [str(words) for _w, words in alike]) for _s, _p, other, alike in weighed[:MOST]
    ]


def _candidates(version: Version) -> Iterator[Version]:
    listing = version.listing
    rows = Version.objects.select_related("listing__organization").prefetch_related(
        "municipalities", Prefetch("form_rows", VersionForm.objects.select_related("form"))
    )
    others = rows.exclude(listing=listing)
    yield from others.public().filter(listing__in=_found(version))
    yield from others.awaiting_decision().filter(listing__organization=listing.organization_id)[:LOOKED_AT]


def _found(version: Version) -> set[int]:
    """The listings that the search finds by its titles in its places, and by its titles in its organization."""
    listing = version.listing
    places = [row.pk for row in version.municipalities.all()]
    near: dict[str, list[str]] = {"municipality": places} if places else {"online": ["yes"]}
    found: set[int] = set()
    for code, title in version.texts("title").items():
        for filters in (near, {"organization": [str(listing.organization_id)]}):
            found |= set(search(title, filters, code, section=listing.section, per_page=LOOKED_AT).ids)
    return found


def _plain(text: str) -> str:
    return SPACES.sub(" ", text).strip().casefold()


def _closeness(one: Version, other: Version, field: str) -> float:
    """How alike the texts are in the language in which they are most alike, from 0 to 100."""
    theirs = other.texts(field)
    pairs = ((_plain(text), _plain(theirs[code])) for code, text in one.texts(field).items() if code in theirs)
    return max((fuzz.token_sort_ratio(*pair) for pair in pairs), default=0)


def _alike(one: Version, other: Version) -> Iterator[tuple[int, str | Promise]]:
    """What is alike, with its weight."""
    title, text = _closeness(one, other, "title"), _closeness(one, other, "description")
    yield (4, _("Same title")) if title == 100 else (2 * (title >= LIKE_TITLE), _("Similar title"))  # noqa: PLR2004
    yield (4, _("Same text")) if text == 100 else (2 * (text >= LIKE_TEXT), _("Similar text"))  # noqa: PLR2004
    place, time = _is_same_place(one, other), _is_same_time(one, other)
    if place and time:
        yield 2, _("Same place and time")
    else:
        yield int(place), _("Same place")
    yield int(one.listing.organization_id == other.listing.organization_id), _("Same organization")


def _is_same_place(one: Version, other: Version) -> bool:
    mine, theirs = _plain(one.address or one.venue), _plain(other.address or other.venue)
    return bool(mine) and mine == theirs and set(one.municipalities.all()) == set(other.municipalities.all())


def _is_same_time(one: Version, other: Version) -> bool:
    when = [(row.starts, row.schedule_kind, set(row.weekdays), set(row.dates)) for row in (one, other)]
    return one.starts is not None and when[0] == when[1]
