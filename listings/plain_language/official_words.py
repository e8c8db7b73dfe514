"""Finds the words of offices in a text, and the plain word for each. The words are data: `words/<language>.txt`.

A line says `word = plain word`. `word*` stands for all words that begin so; several words in a row make a phrase.
Where several entries fit, the one with most words counts, then the one with most letters. A line without a plain
word keeps a long word that readers know, or that the thing is called by.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from listings.eligibility.screening.words import Word

FOLDER = Path(__file__).resolve().parent / "words"


@dataclass(frozen=True)
class Entry:
    """A word or phrase of offices, each word either whole or, with a star, its beginning; and what to say instead."""

    words: tuple[str, ...]
    plain: str

    def begins(self, sentence: Sequence[Word], at: int) -> bool:
        """Tell whether the words from here on are this phrase."""
        return len(sentence) - at >= len(self.words) and all(
            word.text.startswith(pattern[:-1]) if pattern[-1] == "*" else word.text == pattern
            for word, pattern in zip(sentence[at:], self.words, strict=False)
        )


@dataclass(frozen=True)
class Found:
    """A word of the list: where it begins and ends in the text, and the plain word; empty when it may stay."""

    start: int
    end: int
    plain: str


@dataclass
class WordList:
    """The entries of one language, by the first word or its beginning."""

    whole: dict[str, list[Entry]] = field(default_factory=dict)
    beginnings: dict[str, list[Entry]] = field(default_factory=dict)
    lengths: list[int] = field(default_factory=list)

    def add(self, entry: Entry) -> None:
        first = entry.words[0]
        index = self.beginnings if first.endswith("*") else self.whole
        index.setdefault(first.removesuffix("*"), []).append(entry)

    def find(self, sentence: Sequence[Word]) -> Iterator[Found]:
        """Yield the words of the list in a sentence, in its order."""
        at = 0
        while at < len(sentence):
            entry = self._entry(sentence, at)
            if entry is None:
                at += 1
                continue
            last = sentence[at + len(entry.words) - 1]
            yield Found(sentence[at].start, last.end, entry.plain)
            at += len(entry.words)

    def _entry(self, sentence: Sequence[Word], at: int) -> Entry | None:
        text = sentence[at].text
        candidates = list(self.whole.get(text, ()))
        for length in self.lengths:
            if length > len(text):
                break
            candidates += self.beginnings.get(text[:length], ())
        fitting = [entry for entry in candidates if entry.begins(sentence, at)]
        return max(fitting, key=lambda entry: (len(entry.words), len(entry.words[0])), default=None)


@cache
def word_list(language: str) -> WordList:
    """Return the word list of a language."""
    found = WordList()
    for line in (FOLDER / f"{language}.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            words, _, plain = line.partition(" = ")
            found.add(Entry(tuple(words.split()), plain))
    found.lengths = sorted({len(beginning) for beginning in found.beginnings})
    return found
