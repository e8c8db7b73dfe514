"""Cards of listings as ready-made HTML, because rendering them costs most of a list page.

They are kept in the cache and not in a table: a card is wanted for another day, language or release before long, most
cards are never looked at in most languages, and looking at a page must not write to the database. Each stands under all
that it is made from, so none has to be taken back: the version, the day of its next meeting, its break, the language,
the release.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from django.core.cache import caches
from django.template.loader import get_template
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from listings.models import Version
from listings.presentation import card_of, for_cards, reader_language, with_next_meeting
from portal.release import release
from portal.watching.metrics import CARDS_KEPT, CARDS_MADE

SECONDS = 24 * 60 * 60
LIST_HEADING = "h2"


class Seen(NamedTuple):
    """What of a public version says which card it has."""

    listing: int
    version: int
    changed: int
    next_on: date | None
    break_until: date | None


def cards_of(listings: Sequence[int], heading: str = LIST_HEADING) -> list[SafeString]:
    """The cards of public listings in this order. What has been hidden a moment ago is left out."""
    if not listings:
        return []
    seen = _seen(listings)
    language, present = reader_language(), release()
    keys = {
        one: f"{one.version}:{one.changed}:{one.next_on}:{one.break_until}:{language}:{heading}:{present}"
        for one in seen.values()
    }
    found = caches["cards"].get_many(keys.values())
    missing = {one.version: key for one, key in keys.items() if key not in found}
    CARDS_KEPT.inc(len(found))
    CARDS_MADE.inc(len(missing))
    if missing:
        made = {missing[pk]: html for pk, html in _made(missing, heading)}
        caches["cards"].set_many(made, SECONDS)
        found |= made
    in_order = [keys[seen[pk]] for pk in listings if pk in seen]
    return [mark_safe(found[key]) for key in in_order if key in found]


def _seen(listings: Sequence[int]) -> dict[int, Seen]:
    rows = with_next_meeting(Version.objects.public().filter(listing__in=listings)).order_by()
    values = rows.values_list("listing", "pk", "changed_at", "next_on", "listing__paused_until")
    return {row[0]: Seen(row[0], row[1], int(row[2].timestamp() * 1_000_000), row[3], _ahead(row[4])) for row in values}


def _ahead(day: date | None) -> date | None:
    """The end of a break; None when it has come."""
    return day if day is not None and day > timezone.localdate() else None


def _made(versions: Iterable[int], heading: str) -> Iterable[tuple[int, str]]:
    template = get_template("components/storey.html")
    for version in for_cards(Version.objects.public().filter(pk__in=list(versions))):
        yield version.pk, template.render({"card": card_of(version), "heading": heading}).strip()
