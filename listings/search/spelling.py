"""Words of the index that are near a word that is not in it."""

import time
from collections.abc import Callable

from rapidfuzz import fuzz, process

from listings.models import Posting

from .labels import label_terms
from .synonyms import known_words
from .synonyms.own import own_lines
from .terms import TITLE, WORD
from .words import STEM, UNMARKED

SHORTEST = 5
# Out of 100; a letter wrong, missing or too many in a word of six or more.
LEAST_LIKENESS = 80
# A word of which we know what it names is meant rather than another one that is as near.
KNOWN_IS_LIKELIER = 4
# So many near words are looked up before none is offered.
MOST_TRIED = 3
KEPT_SECONDS = 300

_known: tuple[int, float, list[str]] = (-1, 0.0, [])


def nearest_word(
    word: str, generation: int, languages: tuple[str, ...], leads_on: Callable[[str], bool] = lambda near: True
) -> str:
    """The word that is probably meant: one of a list, a label or the index; empty when none is near enough.

    `leads_on` says whether a word leads to anything that readers see: the index has words of what is hidden, too.
    """
    if len(word) < SHORTEST:
        return ""
    near: list[tuple[float, str]] = []
    for words, likelier in ((known_words(languages, own_lines()), KNOWN_IS_LIKELIER), (_words(generation), 0)):
        nearest = process.extract(word, words, scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS, limit=MOST_TRIED)
        near += [(score + likelier, text) for text, score, _place in nearest]
    return next((text for _score, text in sorted(near, reverse=True)[:MOST_TRIED] if leads_on(text)), "")


def _words(generation: int) -> list[str]:
    """All words of the index; read again after some minutes, because it only serves suggestions."""
    global _known
    if _known[0] != generation or time.monotonic() - _known[1] > KEPT_SECONDS:
        rows = Posting.objects.filter(generation=generation, is_facet=False).values_list("term", flat=True)
        words = {bytes(term).decode().removeprefix(TITLE).removeprefix(WORD) for term in rows.iterator(chunk_size=5000)}
        words |= {term.removeprefix(WORD) for term in label_terms() if term.startswith(WORD)}
        plain = sorted(word for word in words if word[0] not in STEM + UNMARKED and len(word) >= SHORTEST)
        _known = generation, time.monotonic(), plain
    return _known[2]


def forget() -> None:
    """Let the words be read anew; for tests, whose databases go back in time."""
    global _known
    _known = -1, 0.0, []
