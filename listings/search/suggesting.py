"""What somebody is probably typing: names of places, forms, groups and languages, what people say for them, words of
titles, and organizations. Only what leads to a public listing of the section.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice, takewhile

from django.db.models import Q
from django.utils import timezone
from pyroaring import BitMap

from listings.models import Listing
from organizations.models import Organization

from . import postings
from .names import names_in
from .postings import Snapshot
from .synonyms import PLACES, is_facet, lines_of
from .terms import TITLE
from .words import fold, is_unspaced

MOST = 8
MOST_OF_A_KIND = 3
# Fewer letters begin too many words; a sign of an unspaced script says more.
SHORTEST, SHORTEST_IN_TITLES = 2, 3
# The last words that may belong together.
LONGEST = 4
# So many are counted before the best are taken.
LOOKED_AT = 200


@dataclass(frozen=True)
class Known:
    """Something that has a name. `key` is the name from one of its words on, as it is compared."""

    key: str
    name: str
    facets: tuple[str, ...]


def suggestions(typed: str, language: str, section: str = Listing.ACTIVITY) -> list[str]:
    """At most eight texts that go on from what is typed; the words before the last ones stay as they are."""
    words = typed.split()
    for start in range(max(len(words) - LONGEST, 0), len(words)):
        beginning = fold(" ".join(words[start:]))
        if len(beginning) >= SHORTEST or is_unspaced(beginning):
            found = _completions(beginning, language, section)
            if found:
                return [" ".join([*words[:start], name]) for name in found]
    return []


def _completions(beginning: str, language: str, section: str) -> list[str]:
    seen = postings.snapshot()
    within = seen.live(timezone.localdate()) & seen.of(f"section:{section}")
    kinds = (
        _best(_names(language), beginning, seen, within),
        _best(_sayings(language), beginning, seen, within),
        _title_words(beginning, seen, within),
        _organizations(beginning, seen, within),
    )
    by_key = {fold(name): name for kind in reversed(kinds) for name in kind}
    ordered = dict.fromkeys(by_key[fold(name)] for kind in kinds for name in kind[:MOST_OF_A_KIND])
    return list(ordered)[:MOST]


def _best(known: list[Known], beginning: str, seen: Snapshot, within: BitMap) -> list[str]:
    """The names that begin so: first those whose first word does, then the most common."""
    first = bisect_left(known, beginning, key=lambda one: one.key)
    counts: dict[str, tuple[bool, int]] = {}
    for one in islice(takewhile(lambda one: one.key.startswith(beginning), known[first:]), LOOKED_AT):
        count = BitMap.union(*map(seen.of, one.facets)).intersection_cardinality(within)
        if count:
            is_inside = one.key != fold(one.name)
            counts[one.name] = min(counts.get(one.name, (True, 0)), (is_inside, -count))
    return sorted(counts, key=lambda name: (counts[name], len(name)))


@cache
def _names(language: str) -> list[Known]:
    return _sorted((name, (facet,)) for name, facet in names_in(language))


@cache
def _sayings(language: str) -> list[Known]:
    """What stands for facets in the list of synonyms, and for no more; of names of places those in other scripts."""
    said = [*lines_of(language), *_places_in_other_scripts()]
    named = ((phrases, tuple(target for target in targets if is_facet(target))) for phrases, targets in said)
    return _sorted((phrase, facets) for phrases, facets in named if facets for phrase in phrases)


def _places_in_other_scripts() -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    for phrases, targets in lines_of(PLACES):
        yield [phrase for phrase in phrases if ord(phrase[0]) > ord("\u024f")], targets


def _sorted(named: Iterable[tuple[str, tuple[str, ...]]]) -> list[Known]:
    return sorted(
        (Known(key, name, facets) for name, facets in named for key in _beginnings(name)), key=lambda one: one.key
    )


def _beginnings(name: str) -> Iterator[str]:
    """The folded name, and what is left of it at each later word."""
    words = fold(name).split()
    for start in range(len(words)):
        yield " ".join(words[start:])


def _title_words(beginning: str, seen: Snapshot, within: BitMap) -> list[str]:
    if len(beginning) < SHORTEST_IN_TITLES or " " in beginning:
        return []
    found = postings.words(seen, (), [TITLE + beginning], LOOKED_AT)
    counts = {term.removeprefix(TITLE): numbers.intersection_cardinality(within) for term, numbers in found.items()}
    return sorted((word for word, count in counts.items() if count), key=lambda word: (-counts[word], word))


def _organizations(beginning: str, seen: Snapshot, within: BitMap) -> list[str]:
    """The organizations with listings in the section one of whose words begins so."""
    if len(beginning) < SHORTEST_IN_TITLES:
        return []
    written = Q()
    for field in ("name_fi", "name_sv", "name_en"):
        # SQLite knows capital letters in ASCII only.
        for text in {beginning, beginning.capitalize()}:
            written |= Q(**{f"{field}__icontains": text})
    names = (
        str(one)
        for one in Organization.objects.public().filter(written)[:LOOKED_AT]
        if seen.of(f"organization:{one.pk}").intersect(within)
    )
    return [name for name in names if any(key.startswith(beginning) for key in _beginnings(name))][:MOST_OF_A_KIND]
