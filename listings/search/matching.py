"""Which documents match the units of a query, how well, and what was changed on the way."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import reduce
from math import log
from operator import and_, or_

from pyroaring import BitMap

from listings.schedule import WEEKDAYS

from . import labels, postings
from .postings import Snapshot
from .reading import QueryWord, Reading, Unit, read, respelled
from .spelling import nearest_word
from .terms import FIRST, TITLE, WORD, day_term, start_term
from .words import unmarked_forms

# What counts how much, together: the words in the title, being what they name, being it most of all, a word in the
# title that means the same, the words in any text, and being close to what they name.
WEIGHTS = {"titles": 1.5, "named": 2.0, "first": 1.0, "same": 0.75, "texts": 1.0, "close": 1.0}
# How much more a language counts: whoever names one cannot do without it.
LANGUAGE = 1.5
# Rows of the index that the beginning of a word may bring: enough for its forms and compounds.
MOST_BEGINNINGS = 60
# When fewer documents than this have all the words, those that have most of them follow: with so much of their weight.
FEW = 10
ENOUGH = 0.2
# Words of labels of what names a listing, and of other labels: told apart from its own words while a query is answered.
LABEL, LABEL_TEXT = "label:", "about:"
# Times of the day that people name, and days from today on.
TIMES = {"morning": (time(0), time(12)), "afternoon": (time(12), time(17))}
SOON = ("0", "1")


@dataclass(frozen=True)
class Part:
    """The documents that meet a unit: by words of a title, by what the unit or such words name, most of all by the form
    that comes first, by other words for it in a title, by words of any text. Those that are close do not meet it.

    `weight` is the higher, the rarer the unit is.
    """

    titles: BitMap
    named: BitMap
    first: BitMap
    same: BitMap
    texts: BitMap
    close: BitMap
    weight: float

    @property
    def documents(self) -> BitMap:
        return self.titles | self.named | self.first | self.same | self.texts

    def layers(self) -> Iterator[tuple[BitMap, float]]:
        """The documents by how they meet it, with what that counts for."""
        for way, factor in WEIGHTS.items():
            yield getattr(self, way), factor * self.weight


class Match:
    """The documents that fit a query, by what they have of it. `parts` has one part for each unit."""

    def __init__(self, parts: Sequence[Part], corrections: Mapping[str, str]) -> None:
        # A word that nobody has asks for nothing.
        self.parts = [part for part in parts if part.documents or part.close] or parts
        self.corrections = dict(corrections)
        everything = reduce(and_, (part.documents for part in self.parts))
        self.documents = everything if len(everything) >= FEW else everything | self._with_most_words()

    def _with_most_words(self) -> BitMap:
        """The documents that have the words that weigh enough together."""
        needed = ENOUGH * sum(part.weight for part in self.parts)
        anything = reduce(or_, (part.documents for part in self.parts))
        anything = reduce(or_, (part.close for part in self.parts), anything)
        by_presence = [(part.documents, part.weight) for part in self.parts]
        by_presence += [(part.close - part.documents, WEIGHTS["close"] * part.weight) for part in self.parts]
        enough = [numbers for score, numbers in _split(anything, by_presence) if score >= needed]
        return BitMap.union(*enough) if enough else BitMap()

    def by_score(self, found: BitMap) -> list[tuple[float, BitMap]]:
        """The found documents in parts of equal score, the best first."""
        layers = [layer for part in self.parts for layer in part.layers()]
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
    found, better, nowhere = _look_up_units(reading, seen, within)
    corrections = _corrections(nowhere, reading.languages, seen, within, today)
    if corrections:
        reading = respelled(reading, corrections)
        found, better, _nowhere = _look_up_units(reading, seen, within)
    return Match([_part(unit, better, found, seen, within, today) for unit in reading.units], corrections)


def _corrections(
    nowhere: Iterable[str], languages: tuple[str, ...], seen: Snapshot, within: BitMap, today: date
) -> dict[str, str]:
    """Another spelling of each word that is nowhere, if one leads to something that readers see."""

    def leads_on(word: str) -> bool:
        reading = read(word, languages[0])
        found, better, _nowhere = _look_up_units(reading, seen, within)
        return any(_part(unit, better, found, seen, within, today).documents for unit in reading.units)

    near = {word: nearest_word(word, seen.generation, languages, leads_on) for word in nowhere}
    return {word: other for word, other in near.items() if other}


def _look_up_units(
    reading: Reading, seen: Snapshot, within: BitMap
) -> tuple[dict[str, BitMap], dict[str, QueryWord], list[str]]:
    """What is found for each term, the words that are found without their marks, and those that are nowhere."""
    found = _look_up(seen, within, [word for unit in reading.units for word in (*unit.words, *unit.same)])
    better: dict[str, QueryWord] = {}
    nowhere: list[str] = []
    for unit in reading.units:
        for word in unit.words:
            if unit.facets or unit.same or _anywhere(found, word):
                continue
            unmarked = QueryWord(word.typed, unmarked_forms(word.typed, reading.languages), (), word.tells)
            of_unmarked = _look_up(seen, within, [unmarked])
            if _anywhere(of_unmarked, unmarked):
                better[word.typed] = unmarked
                found |= of_unmarked
            else:
                nowhere.append(word.typed)
    return found, better, nowhere


def _part(
    unit: Unit,
    better: Mapping[str, QueryWord],
    found: Mapping[str, BitMap],
    seen: Snapshot,
    within: BitMap,
    today: date,
) -> Part:
    """The documents that meet a unit: by what it names, most of all by the form that comes first, and by words."""
    words = [better.get(word.typed, word) for word in unit.telling]
    titles = _all(found, (TITLE,), words)
    named = _named(seen, unit.facets, today) & within
    first = _named(seen, [f"{FIRST}{facet}" for facet in unit.facets], today) & within
    same = BitMap.union(BitMap(), *(_any(found, TITLE, word) for word in unit.same))
    # What a label says is known already where a unit names something.
    kinds = (WORD,) if unit.facets else (WORD, LABEL_TEXT)
    texts = BitMap.union(_all(found, kinds, words), *(_any(found, WORD, word) for word in unit.same))
    close = _named(seen, unit.close, today) & within
    if unit.is_place:
        # Whose text speaks of a place without being there is at most close to it.
        close |= titles | same | texts
        titles, same, texts = titles & named, same & named, texts & named
    elif unit.facets:
        named |= titles
    else:
        named |= _all(found, (TITLE, LABEL), words) | same
    found_at_all = len(named | first | same | texts)
    weight = (log((len(within) + 1) / (found_at_all + 1)) + 0.1) * (LANGUAGE if unit.is_language else 1)
    return Part(titles, named, first, same, texts, close, weight)


def _named(seen: Snapshot, facets: Sequence[str], today: date) -> BitMap:
    """The documents that have any of the things that a unit names."""
    named = BitMap()
    for facet in facets:
        kind, _sign, value = facet.partition(":")
        if kind == "weekday":
            named |= seen.meeting_on(WEEKDAYS.index(value), today) if value in WEEKDAYS else BitMap()
        elif kind == "time":
            named |= _beginning_between(seen, *TIMES[value]) if value in TIMES else BitMap()
        elif kind == "in":
            named |= seen.of(day_term(today + timedelta(int(value)))) if value in SOON else BitMap()
        else:
            named |= seen.of(facet)
    return named


def _beginning_between(seen: Snapshot, first: time, last: time) -> BitMap:
    """The documents whose meetings begin at such a time of the day."""
    terms = [term for term in seen.facets if start_term(first) <= term < start_term(last)]
    return BitMap.union(BitMap(), *map(seen.of, terms))


def _look_up(seen: Snapshot, within: BitMap, words: Iterable[QueryWord]) -> dict[str, BitMap]:
    """The documents of each term that the words stand for, if any. Words of titles are among those of texts."""
    words = list(words)
    kinds = (TITLE, WORD)
    exact = [kind + form for word in words for form in word.forms for kind in kinds]
    beginnings = [kind + start for word in words for start in word.beginnings for kind in kinds]
    found = postings.words(seen, exact, beginnings, MOST_BEGINNINGS)
    for term in [term for term in found if term.startswith(TITLE)]:
        as_text = WORD + term.removeprefix(TITLE)
        found[as_text] = found[as_text] | found[term] if as_text in found else found[term]
    for term, numbers in labels.find(seen, exact, beginnings, MOST_BEGINNINGS).items():
        # What a label calls it is no title, but it says what a listing is.
        kind, word = (
            (LABEL, term.removeprefix(TITLE)) if term.startswith(TITLE) else (LABEL_TEXT, term.removeprefix(WORD))
        )
        found[kind + word] = numbers
    seen_by_readers = ((term, numbers & within) for term, numbers in found.items())
    return {term: numbers for term, numbers in seen_by_readers if numbers}


def _any(found: Mapping[str, BitMap], kind: str, word: QueryWord) -> BitMap:
    """The documents that have any of a word's forms."""
    terms = {kind + form for form in word.forms if kind + form in found}
    for start in word.beginnings:
        terms |= {term for term in found if term.startswith(kind + start)}
    return BitMap.union(*(found[term] for term in sorted(terms))) if terms else BitMap()


def _anywhere(found: Mapping[str, BitMap], word: QueryWord) -> BitMap:
    """The documents that have a word in any text or label."""
    return _any(found, WORD, word) | _any(found, LABEL_TEXT, word)


def _all(found: Mapping[str, BitMap], kinds: Sequence[str], words: Sequence[QueryWord]) -> BitMap:
    """The documents that have all of the words, each in any of the kinds of terms; none where there are no words."""
    having = [BitMap.union(*(_any(found, kind, word) for kind in kinds)) for word in words]
    return reduce(and_, having) if having else BitMap()
