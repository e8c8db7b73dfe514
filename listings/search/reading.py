"""Reads what somebody typed: into units, each with all the forms and facets under which the index may have it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from portal.languages import full_languages

from .names import names_of_language, places_near
from .stop_words import stop_words
from .synonyms import ALSO, CLOSE, LONGEST_PHRASE, exact_key, key_of, known_words, synonyms, unmarked
from .synonyms.own import Lines, own_lines
from .words import is_unspaced, pairs, query_forms, words_in

# The query is read in the reader's language and in the three in which most listings are written.
ALWAYS_READ = ("fi", "sv", "en")
MOST_WORDS = 8
# Fewer letters would begin too many words.
SHORTEST_BEGINNING = 4
# Whoever types in these scripts reads a language that is written so, whatever the language of the page is.
BY_SCRIPT = (
    (re.compile(r"[\u0400-\u04ff]"), ("ru", "uk")),
    (re.compile(r"[\u0600-\u06ff]"), ("ar", "fa")),
    (re.compile(r"[\u3400-\u9fff]"), ("zh-hans",)),
)
# Languages that write two words as one, and how short the parts may be: `naistenuinti`, `naisteujumine`.
COMPOUNDING = ("fi", "sv", "et")
SHORTEST_HALF = 4
# The longest phrase of an unspaced script that may be known.
MOST_SIGNS = 12
ONLINE = "mode:online"
# Languages whose letters keep their marks when they are folded.
MARKING = ("fi", "sv", "et", "tr")


@dataclass(frozen=True)
class QueryWord:
    """One word: `forms` stand for themselves, `beginnings` begin a word. `tells` is false for "for" and its like."""

    typed: str
    forms: tuple[str, ...]
    beginnings: tuple[str, ...] = ()
    tells: bool = True


@dataclass(frozen=True)
class Unit:
    """A word or a phrase of the query. It is met by any of its facets, by any of the words that mean the same,
    or by all of its own words; nearly met by what is `close`. What a phrase asks for besides has no words.
    """

    words: tuple[QueryWord, ...]
    facets: tuple[str, ...] = ()
    same: tuple[QueryWord, ...] = ()
    close: tuple[str, ...] = ()

    @property
    def typed(self) -> str:
        return " ".join(word.typed for word in self.words)

    @property
    def telling(self) -> tuple[QueryWord, ...]:
        """Its words without those that say nothing, unless it has no others."""
        return tuple(word for word in self.words if word.tells) or self.words

    @property
    def is_activity(self) -> bool:
        """Whether it says what is done, and not only where, when or by whom."""
        return not self.facets or any(facet.startswith("form:") for facet in self.facets)

    @property
    def is_language(self) -> bool:
        return any(facet.startswith("language:") for facet in self.facets)

    @property
    def is_place(self) -> bool:
        return any(facet.startswith(("municipality:", "region:")) for facet in self.facets)


@dataclass(frozen=True)
class Reading:
    """A query as it was understood, in the languages in which it was read."""

    units: tuple[Unit, ...]
    languages: tuple[str, ...]


def respelled(reading: Reading, corrections: Mapping[str, str]) -> Reading:
    """The same query with other words in the place of some."""
    words = [corrections.get(word.typed, word.typed) for unit in reading.units for word in unit.words]
    return read(" ".join(words), reading.languages[0])


def read(text: str, language: str) -> Reading:
    """Read a query in a language and in those that are always read."""
    return _read(text, language, own_lines())


@lru_cache(maxsize=2000)
def _read(text: str, language: str, own: Lines) -> Reading:
    languages = tuple(dict.fromkeys((language, *ALWAYS_READ, *_by_script(text))))
    words = list(dict.fromkeys(words_in(text)))[: MOST_WORDS * 2]
    reader = _Reader(languages, own)
    units = list(reader.units(words))
    telling = list(filter(reader.tells, units))
    if not any(unit.is_activity for unit in telling):
        # "help with maths" asks for maths, "help in Turku" for help.
        telling = [unit for unit in units if unit.facets or reader.tells(unit)]
    return Reading(_with_online(tuple(dict.fromkeys(telling or units))[:MOST_WORDS]), languages)


def _by_script(text: str) -> Iterator[str]:
    for script, languages in BY_SCRIPT:
        if script.search(text):
            yield from languages


def _with_online(units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """Whoever looks for something in a place may find it online too; the place alone is not found there."""
    if all(unit.is_place for unit in units):
        return units
    return tuple(replace(unit, close=(*unit.close, ONLINE)) if unit.is_place else unit for unit in units)


def warm_up() -> None:
    """Build the tables of the interface's languages, so that nobody's first query waits for them."""
    for code, _name in full_languages():
        languages = tuple(dict.fromkeys((code, *ALWAYS_READ)))
        _Reader(languages, ())
        known_words(languages)


class _Reader:
    """Finds what the words of a query are known to stand for in some languages."""

    def __init__(self, languages: tuple[str, ...], own: Lines) -> None:
        self.languages = languages
        self.own = own
        self.tables = {language: synonyms(language, own) for language in languages}

    def units(self, words: Sequence[str]) -> Iterator[Unit]:
        """Take the longest known phrase at each place, else the halves of a compound that are known, else the word."""
        place = 0
        while place < len(words):
            if is_unspaced(words[place]):
                yield from self._unspaced_units(words[place])
                place += 1
                continue
            length, targets = self._longest_phrase(words[place : place + LONGEST_PHRASE])
            halves = () if targets else self._halves(words[place])
            if len(halves) == 1:
                yield from self._known_units(words[place : place + 1], self._targets(halves, self.languages))
            elif halves:
                for half in halves:
                    yield from self._known_units([half], self._targets([half], self.languages))
            else:
                yield from self._known_units(words[place : place + length], targets)
            place += length

    def tells(self, unit: Unit) -> bool:
        """Whether any of a unit's words says what is looked for."""
        return not unit.words or not all(self._says_nothing(word.typed) for word in unit.words)

    def _longest_phrase(self, words: Sequence[str]) -> tuple[int, tuple[str, ...]]:
        for length in range(len(words), 0, -1):
            if length == 1 and self._says_nothing(words[0]):
                # "for" is no town, though its stem may be; but what the reader's list has is meant.
                return 1, self.tables[self.languages[0]].get(exact_key(words[0]), ())
            found = self._targets(words[:length], self.languages)
            if not found and length == 2:
                found = self._written_as_one(words)
            if found:
                return length, found
        return 1, ()

    def _targets(self, words: Sequence[str], languages: Iterable[str]) -> tuple[str, ...]:
        """What a phrase stands for: as it is written, else by the stems of its words. `lapissa` is no child."""
        phrase = " ".join(words)
        key, own = exact_key(phrase), self.languages[0]
        as_written = list(self.tables[own].get(key, ())) if own in languages else []
        # What the reader's language has for it goes before its false friends: "salon" is no town in Turkish.
        as_written = as_written or [target for one in languages for target in self.tables[one].get(key, ())]
        by_stem = [target for one in languages for target in self.tables[one].get(key_of(phrase, one), ())]
        if not as_written and not by_stem:
            # "sprakcafe" and "kasityo": whose keyboard has no such letters.
            marking = [unmarked(one, self.own) for one in languages if one in MARKING]
            by_stem = [target for table in marking for target in table.get(exact_key(phrase), ())]
        return tuple(dict.fromkeys(as_written or by_stem))

    def _written_as_one(self, words: Sequence[str]) -> tuple[str, ...]:
        """What two words stand for that are usually one, which is looked for too: `kieli kahvila`."""
        whole = "".join(words[:2])
        # "oulu'da fince" is Oulu with an ending and one more word, "cantar en" no singing.
        is_one = "'" not in whole and not any(map(self._says_nothing, words[:2]))
        found = self._targets([whole], self.languages) if is_one else ()
        return (*found, whole) if found else ()

    def _halves(self, word: str) -> tuple[str, ...]:
        """The two words of a compound, when both are known; one, when the other says nothing: `hantverks|klubben`."""
        for language in self.languages:
            cuts = range(SHORTEST_HALF, len(word) - SHORTEST_HALF + 1) if language in COMPOUNDING else ()
            for cut in cuts:
                halves = word[:cut], word[cut:]
                known = [half for half in halves if self._targets([half], [language])]
                if known and all(half in known or self._says_nothing(half) for half in halves):
                    return tuple(known)
        return ()

    def _says_nothing(self, word: str) -> bool:
        """Whether it is an empty word to the reader: "men" is "but" in Swedish, and half of mankind in English."""
        return word in stop_words().get(self.languages[0], ()) or (
            self._is_empty_somewhere(word) and (word,) not in self.tables[self.languages[0]]
        )

    def _is_empty_somewhere(self, word: str) -> bool:
        return any(word in stop_words().get(language, ()) for language in self.languages)

    def _unspaced_units(self, run: str) -> Iterator[Unit]:
        """Cut a run of an unspaced script at the phrases that are known; what is left is cut into pairs."""
        start = left = 0
        while start < len(run):
            ends = range(min(len(run), start + MOST_SIGNS), start + 1, -1)
            end = next((end for end in ends if self._of_run(run[start:end])), 0)
            if end:
                yield from self._left_over(run[left:start])
                yield from self._known_units([run[start:end]], self._of_run(run[start:end]))
                start = left = end
            else:
                start += 1
        yield from self._left_over(run[left:])

    def _of_run(self, run: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(target for table in self.tables.values() for target in table.get((run,), ())))

    def _left_over(self, run: str) -> Iterator[Unit]:
        """What is no known phrase, as pairs of characters, cut where words stand that say nothing."""
        empty = {word for one in self.languages for word in stop_words().get(one, ()) if is_unspaced(word)}
        telling = run
        for word in sorted(empty, key=len, reverse=True):
            telling = telling.replace(word, " ")
        for part in telling.split():
            yield Unit(tuple(QueryWord(pair, (pair,)) for pair in pairs(part)))
        if run and not telling.split():
            yield Unit((QueryWord(run, (run,), (), tells=False),))

    def _known_units(self, words: Sequence[str], targets: Sequence[str]) -> Iterator[Unit]:
        """A phrase with what it stands for; what it asks for besides is one more unit for each kind of facet."""
        besides: dict[str, list[str]] = {}
        for target in targets:
            if target.startswith(ALSO):
                besides.setdefault(target.partition(":")[0], []).append(target.removeprefix(ALSO))
        asked = {facet for facets in besides.values() for facet in facets}
        yield self._unit(words, [target for target in targets if not target.startswith(ALSO) and target not in asked])
        for facets in besides.values():
            yield self._unit([], facets)

    def _unit(self, words: Sequence[str], targets: Sequence[str]) -> Unit:
        facets = tuple(target for target in targets if ":" in target and not target.startswith(CLOSE))
        close = [target.removeprefix(CLOSE) for target in targets if target.startswith(CLOSE)]
        close += [near for facet in facets for near in places_near(facet) if near not in facets]
        others = [word for target in targets if ":" not in target for word in words_in(target)]
        # Who says which language is spoken says more than who only lists it.
        names = [name for facet in facets for name in names_of_language(facet, ALWAYS_READ)]
        others += [word for name in names for word in words_in(name)]
        # Their forms are enough: what begins like them would be too much, and slow.
        same = tuple(replace(self._word(word), beginnings=()) for word in dict.fromkeys(others) if word not in words)
        is_run = len(words) == 1 and is_unspaced(words[0])
        own = (QueryWord(pair, (pair,)) for pair in pairs(words[0])) if is_run else map(self._word, words)
        if facets or same:
            # What is known need not be looked for by its beginning.
            own = (replace(word, beginnings=()) for word in own)
        return Unit(tuple(own), facets, same, tuple(dict.fromkeys(close)))

    def _word(self, word: str) -> QueryWord:
        beginnings = (word,) if len(word) >= SHORTEST_BEGINNING else ()
        return QueryWord(word, query_forms(word, self.languages), beginnings, not self._is_empty_somewhere(word))
