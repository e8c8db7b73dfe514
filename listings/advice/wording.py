"""Advice on how a text is written, in Finnish, Swedish and English: each finds the exact words in one text."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from listings.eligibility import Place
from listings.eligibility.screening.words import Sentence, readable, sentences

from .lists import KNOWN_INITIALS
from .pieces import Facts

LONGEST_TEXT = 10_000
MOST_WORDS = 3
WORDS_QUOTED = 5
# In words and in letters. What Finnish says in one word takes several in the others.
LONGEST_SENTENCE = {"fi": 25, "sv": 30, "en": 32}
LONGEST_WORD = {"fi": 26, "sv": 24, "en": 18}
MOST_EXCLAMATIONS = 3

# One word of six capitals is shouted; fewer may be the initials of something.
SHOUTED = re.compile(r"\b[A-ZÅÄÖÉ]{2,}(?:[ ,!]+[A-ZÅÄÖÉ]{2,}){2,}\b|\b[A-ZÅÄÖÉ]{6,}\b")
# Web and mail addresses are no words.
ADDRESS = re.compile(r"\S{0,60}(?:@|://|\bwww\.)\S*", re.IGNORECASE)
EXCLAIMED = re.compile(r"[^\s!]{0,40}!+")
INITIALS = re.compile(r"(?<![\w.@/-])[A-ZÅÄÖ]{2,5}(?![\w.@/]*[a-zåäö\d@/])")
SHORTENED = {
    "fi": re.compile(
        r"\b(?:esim|mm|jne|ym|yms|tms|vrt)\b\.?(?![\w@-])|\b(?:ns|nk|ko|ilm|sis|lisät|krs)\.(?!\w)", re.IGNORECASE
    ),
    "sv": re.compile(
        r"\b(?:t\.\s?ex|m\.\s?m|bl\.\s?a|o\.\s?s\.\s?v|d\.\s?v\.\s?s|s\.\s?k|fr\.\s?o\.\s?m|t\.\s?o\.\s?m|p\.\s?g\.\s?a|"
        r"m\.\s?fl)\b\.?|\b(?:osv|dvs|inkl|exkl|mfl)\b\.?(?![\w@])|\b(?:resp|ev|anm)\.(?!\w)",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?:e\.\s?g|i\.\s?e|n\.\s?b)\b\.?|\b(?:etc|approx|incl|excl|asap|tbc|tba|tbd|vs|dept|govt)\b\.?(?![\w@])",
        re.IGNORECASE,
    ),
}


@dataclass(frozen=True)
class WrittenText:
    """One text of a listing, in composed characters; markup and addresses are blanked out."""

    field: str
    language: str
    text: str

    @cached_property
    def sentences(self) -> list[Sentence]:
        return list(sentences(self.text))

    def place(self, words: Sequence[str]) -> Place | None:
        """The place of some words; none when there are no words."""
        return Place(self.field, self.language, tuple(dict.fromkeys(words))[:MOST_WORDS]) if words else None


WordingCheck = Callable[[WrittenText, Sequence[str]], Place | None]


def texts_of(facts: Facts) -> Iterator[WrittenText]:
    """Yield the texts in the languages whose wording is looked at."""
    for field in ("title", "summary", "description", "language_support"):
        for language in LONGEST_SENTENCE:
            if text := facts[field].get(language):
                words = ADDRESS.sub(lambda found: " " * len(found.group()), readable(text[:LONGEST_TEXT]))
                yield WrittenText(field, language, words)


def find_capitals(text: WrittenText, names: Sequence[str]) -> Place | None:
    """Find words that are shouted, but for the organization's own name."""
    return text.place([words for words in SHOUTED.findall(text.text) if not _is_named(words, names)])


def find_long_sentences(text: WrittenText, names: Sequence[str]) -> Place | None:
    """Find the beginnings of the very long sentences."""
    too_long = [one for one in text.sentences if len(one) > LONGEST_SENTENCE[text.language]]
    return text.place([text.text[one[0].start : one[WORDS_QUOTED - 1].end] for one in too_long])


def find_abbreviations(text: WrittenText, names: Sequence[str]) -> Place | None:
    """Find shortened words, and initials that the text does not explain; where all is shouted, they are no initials."""
    shortened = [match.strip() for match in SHORTENED[text.language].findall(text.text)]
    is_shouted = SHOUTED.search(text.text) or text.text.isupper()
    initials = [
        word
        for word in ([] if is_shouted else INITIALS.findall(text.text))
        if word not in KNOWN_INITIALS
        and f"({word})" not in text.text
        and f"{word} (" not in text.text
        and not _is_named(word, names)
    ]
    return text.place(shortened + initials)


def find_long_words(text: WrittenText, names: Sequence[str]) -> Place | None:
    """Find very long words: an address is none, and of a compound with hyphens the parts are seen."""
    limit = LONGEST_WORD[text.language]
    words = [word for sentence in text.sentences for word in sentence if word.text.isalpha() and len(word.text) > limit]
    return text.place([text.text[word.start : word.end] for word in words])


def find_exclamations(text: WrittenText, names: Sequence[str]) -> Place | None:
    """Find the words that many exclamation marks stand behind."""
    found = EXCLAIMED.findall(text.text)
    is_much = "!!" in text.text or len(found) > MOST_EXCLAMATIONS
    return text.place(found) if is_much else None


def _is_named(words: str, names: Sequence[str]) -> bool:
    return any(re.search(rf"\b{re.escape(words)}\b", name) for name in names)


WORDING_CHECKS: dict[str, WordingCheck] = {
    "capitals": find_capitals,
    "long-sentence": find_long_sentences,
    "abbreviation": find_abbreviations,
    "long-word": find_long_words,
    "exclamations": find_exclamations,
}
