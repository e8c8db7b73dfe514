"""What people type for what the portal calls otherwise: a hand-kept list for each language, and names of places.

A line is `what people type, another = target, target`. A target is a facet of the index (`form:language_club`,
`group:women`, `municipality:091`, `is:childcare`) or a plain word. A facet after `+` is asked for besides the others
(`finnish club = form:language_club, +language:fi`); one after `?` is close to what is meant and is shown when little
else is found (`football = jalkapallo, ?form:sports`). Operators add their own in the administration.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path

from portal.languages import LISTING_LANGUAGE_CODES

from ..inflection import place_forms
from ..names import names_in
from ..words import is_unspaced, stem, without_marks, words_in
from .own import Lines, parts_of

FOLDER = Path(__file__).parent
PLACES = "places"
LONGEST_PHRASE = 5
# Before a target: what has to be met besides the others, and what is only close to what is meant.
ALSO, CLOSE = "+", "?"
Phrase = tuple[str, ...]
Targets = tuple[str, ...]


def lines_of(name: str) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """The phrases and the targets of each line of a file."""
    path = FOLDER / f"{name}.txt"
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        phrases, _sign, targets = line.partition("=")
        if targets and not line.startswith("#"):
            yield parts_of(phrases), parts_of(targets)


@lru_cache(maxsize=2 * len(LISTING_LANGUAGE_CODES))
def synonyms(language: str, own: Lines = ()) -> dict[Phrase, Targets]:
    """The phrases of a language with their targets: those of the files, and the operator's own."""
    table = dict(_of_files(language))
    for one, phrases, targets in own:
        for phrase in phrases if one == language else ():
            _add_both(table, phrase, language, targets)
    return table


@lru_cache(maxsize=2 * len(LISTING_LANGUAGE_CODES))
def unmarked(language: str, own: Lines = ()) -> dict[Phrase, Targets]:
    """What has marked letters in a language, under the same without its marks."""
    table: dict[Phrase, Targets] = {}
    for key, targets in synonyms(language, own).items():
        plain = tuple(map(without_marks, key))
        if plain != key:
            _add(table, plain, targets)
    return table


def key_of(phrase: str, language: str) -> Phrase:
    """A phrase as it is compared: the stems of its words; a run of an unspaced script as it is."""
    return tuple(word if is_unspaced(word) else stem(word, language) for word in words_in(phrase))


def exact_key(phrase: str) -> Phrase:
    """A phrase as it is compared where an ending would make it another name: `kids` is not Kitee's Kides."""
    return tuple(words_in(phrase))


@cache
def _of_files(language: str) -> dict[Phrase, Targets]:
    """The phrases under the stems of their words; names of places as they are."""
    table: dict[Phrase, Targets] = {}
    for name, target in names_in(language):
        if _is_place(target):
            for form in _written_forms(name, language):
                _add(table, exact_key(form), [target])
        else:
            _add_both(table, name, language, [target])
    for phrases, targets in lines_of(PLACES):
        for phrase in phrases:
            _add_both(table, phrase, language, targets)
            for form in _written_forms(phrase, language):
                _add(table, exact_key(form), targets)
    for phrases, targets in lines_of(language):
        for phrase in phrases:
            _add_both(table, phrase, language, targets)
    return table


def _add_both(table: dict[Phrase, Targets], phrase: str, language: str, targets: Iterable[str]) -> None:
    """As it is written, which goes before everything that has the same stem, and by its stems."""
    for key in {exact_key(phrase), key_of(phrase, language)}:
        _add(table, key, targets)


def _add(table: dict[Phrase, Targets], key: Phrase, targets: Iterable[str]) -> None:
    if key and len(key) <= LONGEST_PHRASE:
        table[key] = tuple(dict.fromkeys((*table.get(key, ()), *targets)))


def _is_place(target: str) -> bool:
    return target.startswith(("municipality:", "region:"))


def _written_forms(name: str, language: str) -> Iterable[str]:
    """A name of a place as it is written in a text: Finnish ones stand in many cases."""
    return place_forms(name.casefold()) if language == "fi" and " " not in name else [name]


@lru_cache(maxsize=2 * len(LISTING_LANGUAGE_CODES))
def known_words(languages: tuple[str, ...], own: Lines = ()) -> tuple[str, ...]:
    """Every word of the lists and names of some languages, for the correction of spelling."""
    phrases = [phrase for name in (*languages, PLACES) for phrases, _targets in lines_of(name) for phrase in phrases]
    phrases += [name for language in languages for name, _target in names_in(language)]
    phrases += [phrase for language, own_phrases, _targets in own if language in languages for phrase in own_phrases]
    return tuple(sorted({word for phrase in phrases for word in words_in(phrase)}))


def is_facet(target: str) -> bool:
    """Whether a target is a facet that is meant as such, and no word."""
    return ":" in target and not target.startswith((ALSO, CLOSE))


@cache
def known_codes() -> frozenset[str]:
    """Every code that a line may name: what has a name, and what the lists name."""
    of_lists = (targets for language in LISTING_LANGUAGE_CODES for _phrases, targets in lines_of(language))
    codes = {target.lstrip(ALSO + CLOSE) for targets in of_lists for target in targets if ":" in target}
    return frozenset(codes | {facet for _name, facet in names_in("en")})
