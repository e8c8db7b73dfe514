"""Reads what somebody typed: into units, each with all the forms and facets under which the index may have it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .stop_words import stop_words
from .synonyms import LONGEST_PHRASE, exact_key, key_of, synonyms
from .words import is_unspaced, pairs, query_forms, words_in

# The query is read in the reader's language and in the three in which most listings are written.
ALWAYS_READ = ("fi", "sv", "en")
MOST_WORDS = 8
# Fewer letters would begin too many words.
SHORTEST_BEGINNING = 4


@dataclass(frozen=True)
class QueryWord:
    """One word: `forms` stand for themselves, `beginnings` begin a word."""

    typed: str
    forms: tuple[str, ...]
    beginnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unit:
    """A word or a phrase of the query. It is met by any of its facets, by any of the words that mean the same,
    or by all of its own words.
    """

    words: tuple[QueryWord, ...]
    facets: tuple[str, ...] = ()
    same: tuple[QueryWord, ...] = ()

    @property
    def typed(self) -> str:
        return " ".join(word.typed for word in self.words)


@dataclass(frozen=True)
class Reading:
    """A query as it was understood, in the languages in which it was read."""

    units: tuple[Unit, ...]
    languages: tuple[str, ...]


def respelled(reading: Reading, corrections: Mapping[str, str]) -> Reading:
    """The same query with other words in the place of some."""
    words = [corrections.get(word.typed, word.typed) for unit in reading.units for word in unit.words]
    return read(" ".join(words), reading.languages[0])


@lru_cache(maxsize=2000)
def read(text: str, language: str) -> Reading:
    """Read a query in a language and in those that are always read."""
    languages = tuple(dict.fromkeys((language, *ALWAYS_READ)))
    words = list(dict.fromkeys(words_in(text)))[: MOST_WORDS * 2]
    units = list(_units(words, languages))
    telling = [unit for unit in units if unit.facets or not _is_stop_word(unit, languages)]
    return Reading(tuple(telling or units)[:MOST_WORDS], languages)


def _is_stop_word(unit: Unit, languages: Sequence[str]) -> bool:
    return all(any(word.typed in stop_words().get(one, ()) for one in languages) for word in unit.words)


def _units(words: Sequence[str], languages: tuple[str, ...]) -> Iterator[Unit]:
    """Take the longest known phrase at each place, else the word alone."""
    place = 0
    while place < len(words):
        if is_unspaced(words[place]):
            yield from _unspaced_units(words[place], languages)
            place += 1
            continue
        length, targets = _longest_phrase(words[place : place + LONGEST_PHRASE], languages)
        yield _unit(words[place : place + length], targets, languages)
        place += length


def _longest_phrase(words: Sequence[str], languages: Sequence[str]) -> tuple[int, tuple[str, ...]]:
    for length in range(len(words), 0, -1):
        phrase = " ".join(words[:length])
        if length == 1 and any(phrase in stop_words().get(language, ()) for language in languages):
            break  # "for" is no town, though its stem may be
        found: list[str] = []
        for language in languages:
            table = synonyms(language)
            found += (*table.get(exact_key(phrase), ()), *table.get(key_of(phrase, language), ()))
        if found:
            return length, tuple(dict.fromkeys(found))
    return 1, ()


def _unspaced_units(run: str, languages: tuple[str, ...]) -> Iterator[Unit]:
    """Cut a run of an unspaced script at the phrases that are known; what is left is cut into pairs."""
    table = synonyms(languages[0])
    start = left = 0
    while start < len(run):
        end = next((end for end in range(len(run), start + 1, -1) if (run[start:end],) in table), 0)
        if end:
            if left < start:
                yield _pairs(run[left:start], languages)
            yield _unit([run[start:end]], table[(run[start:end],)], languages)
            start = left = end
        else:
            start += 1
    if left < len(run):
        yield _pairs(run[left:], languages)


def _pairs(run: str, languages: tuple[str, ...]) -> Unit:
    return Unit(tuple(QueryWord(pair, (pair,)) for pair in pairs(run)))


def _unit(words: Sequence[str], targets: Sequence[str], languages: tuple[str, ...]) -> Unit:
    facets = tuple(target for target in targets if ":" in target)
    others = [word for target in targets if ":" not in target for word in words_in(target)]
    same = tuple(_word(word, languages) for word in dict.fromkeys(others) if word not in words)
    if len(words) == 1 and is_unspaced(words[0]):
        return Unit(tuple(QueryWord(pair, (pair,)) for pair in pairs(words[0])), facets, same)
    return Unit(tuple(_word(word, languages) for word in words), facets, same)


def _word(word: str, languages: tuple[str, ...]) -> QueryWord:
    return QueryWord(word, query_forms(word, languages), (word,) if len(word) >= SHORTEST_BEGINNING else ())
