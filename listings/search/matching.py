"""Which documents match the units of a query, how well, and what was changed on the way."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from math import log
from operator import and_, or_

from pyroaring import BitMap

from listings.schedule import WEEKDAYS

from . import labels, postings
from .postings import Snapshot
from .reading import QueryWord, Reading, Unit, respelled
from .spelling import nearest_word
from .terms import FIRST, TITLE, WORD
from .words import unmarked_forms

# What counts how much, together: a word in the title or a label, being what the word names, a word in the title that
# means the same, and the word in any text.
TITLE_WEIGHT, NAMED_WEIGHT, SAME_WEIGHT, TEXT_WEIGHT = 2.0, 2.0, 1.0, 1.0
# Rows of the index that the beginning of a word may bring: enough for its forms and compounds.
MOST_BEGINNINGS = 60
# When fewer documents than this have all the words, those that have most of them follow: with so much of their weight.
FEW = 10
ENOUGH = 0.2


@dataclass(frozen=True)
class Part:
    """The documents that meet a unit: by words of a title or label, by what the unit names, by other words for it in
    a title, by words of any text.

    `weight` is the higher, the rarer the unit is.
    """

    titles: BitMap
    named: BitMap
    same: BitMap
    texts: BitMap
    weight: float

    @property
    def documents(self) -> BitMap:
        return self.titles | self.named | self.same | self.texts


class Match:
    """The documents that fit a query, by what they have of it. `parts` has one part for each unit."""

    def __init__(self, parts: Sequence[Part], corrections: Mapping[str, str]) -> None:
        self.parts = parts
        self.corrections = dict(corrections)
        everything = reduce(and_, (part.documents for part in parts))
        self.documents = everything if len(everything) >= FEW else everything | self._with_most_words()

    def _with_most_words(self) -> BitMap:
        """The documents that have the words that weigh enough together."""
        needed = ENOUGH * sum(part.weight for part in self.parts)
        anything = reduce(or_, (part.documents for part in self.parts))
        by_presence = [(part.documents, part.weight) for part in self.parts]
        enough = [numbers for score, numbers in _split(anything, by_presence) if score >= needed]
        return BitMap.union(*enough) if enough else BitMap()

    def by_score(self, found: BitMap) -> list[tuple[float, BitMap]]:
        """The found documents in parts of equal score, the best first."""
        layers = [
            (documents, factor * part.weight)
            for part in self.parts
            for documents, factor in (
                (part.titles, TITLE_WEIGHT),
                (part.named, NAMED_WEIGHT),
                (part.same, SAME_WEIGHT),
                (part.texts, TEXT_WEIGHT),
            )
        ]
        return sorted(_split(found, layers), key=lambda part: -part[0])


def _split(found: BitMap, layers: Iterable[tuple[BitMap, float]]) -> list[tuple[float, BitMap]]:
    """Divide documents by which of the layers they are in; each division with what its layers count for together."""
    divided: dict[float, BitMap] = {0.0: found}
    for documents, worth in layers:
        if not documents:
            continue
        finer: dict[float, BitMap] = {}
        for score, numbers in divided.items():
            having = numbers & documents
            for total, part in ((round(score + worth, 6), having), (score, numbers - having)):
                if part:
                    finer[total] = finer[total] | part if total in finer else part
        divided = finer
    return list(divided.items())


def match(reading: Reading, seen: Snapshot, within: BitMap, today: date) -> Match:
    """Look the units of a query up within the documents that readers see.

    A word that is nowhere is tried without its marks, then the query is read again with another spelling of it.
    """
    found, better, corrections = _look_up_units(reading, seen, within)
    if corrections:
        reading = respelled(reading, corrections)
        found, better, _none = _look_up_units(reading, seen, within)
    parts = [
        _part(
            unit,
            better,
            found,
            _named(seen, unit.facets, today) & within,
            _named(seen, [f"{FIRST}{facet}" for facet in unit.facets], today) & within,
            len(within),
        )
        for unit in reading.units
    ]
    return Match(parts, corrections)


def _look_up_units(
    reading: Reading, seen: Snapshot, within: BitMap
) -> tuple[dict[str, BitMap], dict[str, QueryWord], dict[str, str]]:
    """What is found for each term, the words that are found without their marks, and those to spell otherwise."""
    found = _look_up(seen, within, [word for unit in reading.units for word in (*unit.words, *unit.same)])
    better: dict[str, QueryWord] = {}
    corrections: dict[str, str] = {}
    for unit in reading.units:
        for word in unit.words:
            if unit.facets or unit.same or _any(found, WORD, word):
                continue
            unmarked = QueryWord(word.typed, unmarked_forms(word.typed, reading.languages))
            of_unmarked = _look_up(seen, within, [unmarked])
            if _any(of_unmarked, WORD, unmarked):
                better[word.typed] = unmarked
                found |= of_unmarked
            elif near := nearest_word(word.typed, seen.generation, reading.languages):
                corrections[word.typed] = near
    return found, better, corrections


def _part(
    unit: Unit, better: Mapping[str, QueryWord], found: Mapping[str, BitMap], named: BitMap, first: BitMap, size: int
) -> Part:
    """The documents that meet a unit, of so many; `named` have what it names, `first` most of all."""
    words = [better.get(word.typed, word) for word in unit.words]
    titles, texts = (reduce(and_, (_any(found, kind, word) for word in words)) for kind in (TITLE, WORD))
    same = first
    for word in unit.same:
        same |= _any(found, TITLE, word)
        texts |= _any(found, WORD, word)
    found_at_all = len(titles | named | same | texts)
    return Part(titles, named, same, texts, log((size + 1) / (found_at_all + 1)) + 0.1)


def _named(seen: Snapshot, facets: Sequence[str], today: date) -> BitMap:
    """The documents that have any of the things that a unit names."""
    named = BitMap()
    for facet in facets:
        kind, _sign, value = facet.partition(":")
        named |= seen.meeting_on(WEEKDAYS.index(value), today) if kind == "weekday" else seen.of(facet)
    return named


def _look_up(seen: Snapshot, within: BitMap, words: Iterable[QueryWord]) -> dict[str, BitMap]:
    """The documents of each term that the words stand for, if any. Words of titles are among those of texts."""
    words = list(words)
    kinds = (TITLE, WORD)
    exact = [kind + form for word in words for form in word.forms for kind in kinds]
    beginnings = [kind + start for word in words for start in word.beginnings for kind in kinds]
    found = postings.words(seen, exact, beginnings, MOST_BEGINNINGS)
    for term, numbers in labels.find(seen, exact, beginnings, MOST_BEGINNINGS).items():
        found[term] = found[term] | numbers if term in found else numbers
    for term in [term for term in found if term.startswith(TITLE)]:
        as_text = WORD + term.removeprefix(TITLE)
        found[as_text] = found[as_text] | found[term] if as_text in found else found[term]
    seen_by_readers = ((term, numbers & within) for term, numbers in found.items())
    return {term: numbers for term, numbers in seen_by_readers if numbers}


def _any(found: Mapping[str, BitMap], kind: str, word: QueryWord) -> BitMap:
    """The documents that have any of a word's forms."""
    terms = {kind + form for form in word.forms if kind + form in found}
    for start in word.beginnings:
        terms |= {term for term in found if term.startswith(kind + start)}
    return BitMap.union(*(found[term] for term in sorted(terms))) if terms else BitMap()
