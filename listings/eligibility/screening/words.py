"""Cuts a text into sentences, and sentences into words that know where they stand in the text."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

# A word longer than this is no word of a language: a link, or a cat on the keyboard.
LONGEST_WORD = 60
# A sentence longer than this is cut, so that text without full stops cannot make the work grow.
LONGEST_SENTENCE = 80

TOKEN = re.compile(
    r"\d+(?:[.,:]\d+)*"  # 5, 4,50, 17.30, 12:00
    r"|[^\W\d_]+(?:['’:-][^\W\d_]+|\d+)*"  # words, also "don't", "TE-toimisto", "B2"
    r"|[€$£%]|[,:]-(?!\w)"  # 5 €, 5,- and 5:-
    r"|[.!?…\n\r•;:,()\[\]–—/|]"
)
SENTENCE_ENDS = frozenset(".!?…\n\r•")
# Words after which a full stop ends no sentence.
ABBREVIATIONS = frozenset(
    [
        "klo",
        "esim",
        "ym",
        "mm",
        "jne",
        "ns",
        "nk",
        "n",
        "s",
        "p",
        "puh",
        "nro",
        "os",
        "v",
        "ks",
        "ts",
        "eli",
        "kl",
        "t",
        "ex",
        "bl",
        "a",
        "o",
        "d",
        "s",
        "k",
        "dvs",
        "osv",
        "ca",
        "st",
        "nr",
        "tel",
        "adr",
        "no",
        "e",
        "g",
        "i",
        "approx",
        "mr",
        "mrs",
        "dr",
        "prof",
        "sat",
        "sun",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "eur",
        "min",
        "max",
        "vk",
        "kk",
    ]
)
TAG = re.compile(r"<[^<>]{0,300}>")
SAME_LENGTH = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2011": "-", "\u2010": "-", "’": "'", "\u00ad": "-"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word in small letters, its place in the text, and the marks that stand before it."""

    text: str
    start: int
    end: int
    before: str


Sentence = tuple[Word, ...]


def readable(text: str) -> str:
    """Return the text in composed characters, with the tags of markup blanked out at their places."""
    text = unicodedata.normalize("NFC", text)
    return TAG.sub(lambda tag: " " * len(tag.group()), text) if "<" in text else text


def _in_small_letters(text: str) -> str:
    """Return the text in small letters, each at its own place."""
    small = text.lower()
    if len(small) != len(text):
        # A few letters, such as the dotted capital I, become two.
        small = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    return small.translate(SAME_LENGTH)


def sentences(text: str) -> Iterator[Sentence]:
    """Yield the sentences of a readable text."""
    small = _in_small_letters(text)
    words: list[Word] = []
    marks = ""
    for token in TOKEN.finditer(small):
        sign = token.group()
        if sign in SENTENCE_ENDS and _ends_sentence(sign, text, token.end(), words):
            if words:
                yield tuple(words)
            words, marks = [], ""
        elif sign[0].isalnum() or sign in "€$£%" or sign.endswith("-"):
            if len(sign) <= LONGEST_WORD:
                words.append(Word(sign, token.start(), token.end(), marks))
            marks = ""
            if len(words) >= LONGEST_SENTENCE:
                yield tuple(words)
                words = []
        else:
            marks += sign
    if words:
        yield tuple(words)


def _ends_sentence(sign: str, original: str, end: int, words: list[Word]) -> bool:
    if sign != "." or not words:
        return True
    last = words[-1].text
    if last in ABBREVIATIONS:
        return False
    # "12. lokakuuta", "10. 5. 2026", "5.10. klo 17": an ordinal or a date goes on in small letters.
    following = small_or_digit(original, end)
    return not (last[0].isdigit() and following)


def small_or_digit(text: str, start: int) -> bool:
    """Tell whether the text goes on, after a space or two, with a small letter or a digit."""
    following = text[start : start + 3].lstrip(" \u00a0")[:1]
    return following.isdigit() or following.islower()
