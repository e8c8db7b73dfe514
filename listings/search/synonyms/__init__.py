"""What people type for what the portal calls otherwise: a hand-kept list for each language, and names of places.

A line is `what people type, another = target, target`. A target is a facet of the index (`form:language_club`,
`group:women`, `municipality:091`, `is:childcare`) or a plain word. Operators add their own in the administration.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from ..inflection import place_forms
from ..names import names_in
from ..words import is_unspaced, stem, words_in

FOLDER = Path(__file__).parent
PLACES = "places"
LONGEST_PHRASE = 5
Phrase = tuple[str, ...]
Targets = tuple[str, ...]


def lines_of(name: str) -> Iterator[tuple[list[str], list[str]]]:
    """The phrases and the targets of each line of a file."""
    path = FOLDER / f"{name}.txt"
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        phrases, _sign, targets = line.partition("=")
        if targets and not line.startswith("#"):
            yield _parts(phrases), _parts(targets)


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def key_of(phrase: str, language: str) -> Phrase:
    """A phrase as it is compared: the stems of its words; a run of an unspaced script as it is."""
    return tuple(word if is_unspaced(word) else stem(word, language) for word in words_in(phrase))


def exact_key(phrase: str) -> Phrase:
    """A phrase as it is compared where an ending would make it another name: `kids` is not Kitee's Kides."""
    return tuple(words_in(phrase))


@cache
def synonyms(language: str) -> dict[Phrase, Targets]:
    """The phrases of a language with their targets, under the stems of their words; names of places as they are."""
    table: dict[Phrase, Targets] = {}
    for name, target in names_in(language):
        if _is_place(target):
            for form in _written_forms(name, language):
                _add(table, exact_key(form), [target])
        else:
            _add(table, key_of(name, language), [target])
    for phrases, targets in lines_of(PLACES):
        for phrase in phrases:
            _add(table, exact_key(phrase), targets)
            _add(table, key_of(phrase, language), targets)
    for phrases, targets in lines_of(language):
        for phrase in phrases:
            _add(table, key_of(phrase, language), targets)
    return table


def _add(table: dict[Phrase, Targets], key: Phrase, targets: Iterable[str]) -> None:
    if key and len(key) <= LONGEST_PHRASE:
        table[key] = tuple(dict.fromkeys((*table.get(key, ()), *targets)))


def _is_place(target: str) -> bool:
    return target.startswith(("municipality:", "region:"))


def _written_forms(name: str, language: str) -> Iterable[str]:
    """A name of a place as it is written in a text: Finnish ones stand in many cases."""
    return place_forms(name.casefold()) if language == "fi" and " " not in name else [name]


@cache
def known_words(languages: tuple[str, ...]) -> tuple[str, ...]:
    """Every word of the lists and names of some languages, for the correction of spelling."""
    phrases = [phrase for name in (*languages, PLACES) for phrases, _targets in lines_of(name) for phrase in phrases]
    phrases += [name for language in languages for name, _target in names_in(language)]
    return tuple(sorted({word for phrase in phrases for word in words_in(phrase)}))
