"""From a text to the words that the index holds: folded for case and marks, and stemmed for the text's language.

The words are made in Python, so that PostgreSQL and SQLite find the same listings.
"""

import re
import unicodedata
from functools import cache

import snowballstemmer

_ALGORITHMS = {
    "fi": "finnish",
    "sv": "swedish",
    "en": "english",
    "ru": "russian",
    "et": "estonian",
    "fr": "french",
    "es": "spanish",
    "tr": "turkish",
    "ar": "arabic",
}
SHORT_STEM = 4
_WORD = re.compile(r"[^\W_]+(?:['\u2019\u02bc][^\W_]+)*")
# Scripts that leave no spaces between words; they are found anywhere inside a run.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f\u1000-\u109f]")


@cache
def _stemmer(language: str):
    name = _ALGORITHMS.get(language)
    return snowballstemmer.stemmer(name) if name in snowballstemmer.algorithms() else None


def fold(text: str) -> str:
    """One way of writing: compatibility forms and case folded, all apostrophes alike."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.sub("[\u2019\u02bc]", "'", folded)


def without_marks(word: str) -> str:
    """`hameenlinna` for `hämeenlinna`."""
    parts = unicodedata.normalize("NFD", word)
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def words_in(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return _WORD.findall(fold(text))


def stem(word: str, language: str) -> str:
    """The stem of a folded word; the word itself where the language has no stemmer."""
    stemmer = _stemmer(language)
    stemmed = stemmer.stemWord(word) if stemmer else word
    if language == "fi" and len(stemmed) > SHORT_STEM:
        # Snowball leaves kahvilo- of kahviloissa and kahvil- of kahvila; without the vowel they are one.
        return stemmed[:SHORT_STEM] + stemmed[SHORT_STEM:].rstrip("aeiouyäö")
    return stemmed


def is_unspaced(word: str) -> bool:
    return bool(_UNSPACED.search(word))


def index_words(text: str, language: str) -> set[str]:
    """All forms under which the words of a text are found."""
    found: set[str] = set()
    for word in words_in(text):
        found |= {word, without_marks(word), stem(word, language)}
    return found
