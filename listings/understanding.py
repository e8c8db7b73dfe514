"""What the search understood of the words: a place, a language, a form or a group, each as a filter to take instead."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from listings.browsing import Counts, Link, Values, address
from listings.forms.filters import YES, ListingFilter
from listings.search import Result
from listings.search.reading import Unit, read

# kind of facet -> filter whose value it is
BY_VALUE = {
    "municipality": "municipality",
    "region": "region",
    "form": "form",
    "language": "language",
    "group": "target_group",
    "weekday": "weekday",
    "level": "language_level",
}
# facet -> filter with the one value yes
BY_YES = {
    "price:free": "free",
    "mode:online": "online",
    "is:childcare": "childcare",
    "is:accessible": "accessible",
    "is:evening": "evening",
}
# A word that may name more things than this names none of them clearly.
MOST_MEANINGS = 2
MOST_SHOWN = 4


def filters_understood(filters: ListingFilter, counts: Counts, language: str, path: str) -> list[Link]:
    """For each word that names something: the filter it names, with the address where it stands for the word.

    `counts` are those of the facets under the words: a filter that none of them has leads nowhere.
    """
    chosen = filters.chosen()
    words = chosen.get("words", [""])[0]
    links = []
    for unit in read(words, language).units if words else ():
        for name, value in _meanings(unit):
            text = filters.choices_of(name).get(value)
            if text and value not in chosen.get(name, []) and counts.get(name, {}).get(value):
                links.append(Link(text, address(path, _instead(chosen, unit, language, name, value))))
    return links[:MOST_SHOWN]


def place_first(filters: ListingFilter, result: Result, language: str) -> str:
    """Words that say it when what is in the municipality that was typed is followed by what is near it or online."""
    words = filters.chosen().get("words", [""])[0]
    named = [unit.facets for unit in read(words, language).units if unit.is_place] if words else []
    codes = [facet.partition(":")[2] for facets in named for facet in facets if facet.startswith("municipality:")]
    if len(codes) != 1:
        return ""
    here = result.facets.get("municipality", {}).get(codes[0], 0)
    if here == result.total:
        return ""
    place = filters.choices_of("municipality")[codes[0]]
    if not here:
        return _("%(place)s: nothing yet. This is near it, or online.") % {"place": place}
    return _("%(place)s: %(count)s. After them comes what is near it, or online.") % {"place": place, "count": here}


def _meanings(unit: Unit) -> Iterator[tuple[str, str]]:
    if len(unit.facets) > MOST_MEANINGS:
        return
    for facet in unit.facets:
        kind, _sign, value = facet.partition(":")
        if facet in BY_YES:
            yield BY_YES[facet], YES
        elif kind in BY_VALUE:
            yield BY_VALUE[kind], value


def _instead(chosen: Values, unit: Unit, language: str, name: str, value: str) -> Values:
    """The chosen values with the filter in the place of the unit's words."""
    left = [other.typed for other in read(chosen["words"][0], language).units if other.typed and other != unit]
    values = {**chosen, "words": [" ".join(left)] if left else [], name: [*chosen.get(name, []), value]}
    return {key: kept for key, kept in values.items() if kept}
