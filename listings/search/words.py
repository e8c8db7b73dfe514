"""From a text to the words that the index holds: folded, stemmed for the text's language, compounds taken apart.

The words are made in Python, so that PostgreSQL and SQLite find the same listings. A word is indexed as it is
written, after a `.` as its stem, as the parts of its compound, and, after a `~`, without the marks of its letters: that
form is asked for only when nothing else is found, because ä is a letter of its own and not an a.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

import snowballstemmer

from .compounds import parts_of
from .endings import light_stem

# Raise it when the analysis changes: an index made by another one is rebuilt.
ANALYSER = "snowball-compounds-3"
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
UNMARKED = "~"
STEM = "."
MOST_LETTERS = 64
_WORD = re.compile(r"[^\W_]+(?:['\u2019\u02bc][^\W_]+)*")
# Scripts that leave no spaces between words: they are cut into pairs of characters.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f\u1000-\u109f]+")
# Marked letters that are letters of their own in Finnish, Swedish and Estonian; all other marks are left out.
_OWN_LETTERS = frozenset("åäöõü")
# One letter written in several ways: Arabic and Persian forms, the Russian ё, the Turkish dotless i, digits.
_SAME = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ک": "ك", "ة": "ه", "ۀ": "ه", "ؤ": "و",
        "ـ": "", "\u200c": " ", "ё": "е", "ı": "i", "’": "'", "ʼ": "'", "ß": "ss", "ø": "ö", "æ": "ä",
        **{chr(0x0660 + n): str(n) for n in range(10)},
        **{chr(0x06F0 + n): str(n) for n in range(10)},
    }
)  # fmt: skip


@cache
def _stemmer(language: str):
    name = _ALGORITHMS.get(language)
    return snowballstemmer.stemmer(name) if name in snowballstemmer.algorithms() else None


class _Plain(dict[int, str]):
    """What stands for each letter, found out when it is first met: `str.translate` asks nowhere else."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        self[code] = plain = "" if unicodedata.combining(letter) else _without_needless_marks(letter)
        return plain


def _without_needless_marks(letter: str) -> str:
    if letter in _OWN_LETTERS or not letter.isalpha():
        return letter
    base = unicodedata.normalize("NFD", letter)[0]
    # Only Latin letters lose theirs: й is not и.
    return base if "a" <= base <= "z" else letter


_PLAIN = _Plain()


def fold(text: str) -> str:
    """One way of writing: compatibility forms, case, forms of one letter and marks that readers leave out."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFC", folded.translate(_SAME)).translate(_PLAIN)


def without_marks(word: str) -> str:
    """`hameenlinna` for `hämeenlinna`."""
    parts = unicodedata.normalize("NFD", word)
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def words_in(text: str) -> list[str]:
    """The folded words of a text, in order; a run of an unspaced script is one word."""
    return [word[:MOST_LETTERS] for word in _WORD.findall(fold(text))]


@lru_cache(maxsize=100_000)
def stem(word: str, language: str) -> str:
    """The stem of a folded word; where Snowball has none, the word without its ending."""
    stemmer = _stemmer(language)
    stemmed = stemmer.stemWord(word) if stemmer else light_stem(word, language)
    if language == "fi" and len(stemmed) > SHORT_STEM:
        # Snowball leaves kahvilo- of kahviloissa and kahvil- of kahvila; without the vowel they are one.
        return stemmed[:SHORT_STEM] + stemmed[SHORT_STEM:].rstrip("aeiouyäö")
    return stemmed


def is_unspaced(word: str) -> bool:
    return bool(_UNSPACED.search(word))


def pairs(word: str) -> Iterator[str]:
    """A run of an unspaced script as pairs of characters; a single one as it is."""
    if len(word) < 3:
        yield word
    for start in range(len(word) - 1):
        yield word[start : start + 2]


@lru_cache(maxsize=100_000)
def _forms(word: str, language: str) -> frozenset[str]:
    """All forms under which a word of a text in a language is indexed."""
    if is_unspaced(word):
        return frozenset({word, *word, *pairs(word)})
    forms = {word, STEM + stem(word, language)}
    for part in parts_of(word, language):
        forms |= {part, STEM + stem(part, language)}
    unmarked = without_marks(word)
    if unmarked != word:
        forms |= {UNMARKED + unmarked, UNMARKED + without_marks(stem(word, language))}
    return frozenset(forms)


def index_words(text: str, language: str) -> set[str]:
    """All forms under which the words of a text are found."""
    found: set[str] = set()
    for word in words_in(text):
        found |= _forms(word, language)
    return found


def query_forms(word: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    """The forms that are looked for when a word is typed: itself and its stem in each language."""
    return tuple(dict.fromkeys((word, *(STEM + stem(word, language) for language in languages))))


def unmarked_forms(word: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    """The forms that are looked for when the word as it is typed is nowhere."""
    forms = (word, *(stem(word, language) for language in languages))
    return tuple(dict.fromkeys(UNMARKED + without_marks(form) for form in forms))
