"""Quotes the words that raised a finding, marked in their sentence. Pure: text in, runs out."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from listings.advice import Advice
from listings.eligibility import Finding, Place
from portal.languages import direction

SENTENCE_END = re.compile(r"[.!?…]\s|[\n\r•]")
# A sentence longer than this, in characters, is shown only near the words.
LONGEST = 240
NEAR = 60


@dataclass(frozen=True)
class Run:
    """A piece of a quote; `is_marked` when these are the words."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True)
class Quote:
    """A sentence of one text, in the text's own language."""

    answer: str
    language: str
    runs: tuple[Run, ...]

    @property
    def dir(self) -> str:
        return direction(self.language)


def quotes_of(finding: Finding | Advice, answers: Mapping[str, Any]) -> tuple[Quote, ...]:
    """The sentences from which a finding or a piece of advice comes, in the order of the texts."""
    return tuple(
        Quote(place.field, place.language or "", runs)
        for place in finding.places
        if place.language and place.field in answers
        for runs in _sentences(answers[place.field].get(place.language, ""), place)
    )


def _sentences(text: str, place: Place) -> Iterator[tuple[Run, ...]]:
    text = unicodedata.normalize("NFC", text)
    spans = sorted(span for words in place.words if (span := _find(words, text)))
    if not spans:
        yield tuple(Run(words, is_marked=True) for words in place.words)
        return
    end = -1
    for span in spans:
        if span[0] >= end:  # the sentence before it did not hold it
            start, end = _sentence(text, *span)
            inside = [one for one in spans if start <= one[0] and one[1] <= end]
            yield tuple(run for run in _runs(text, start, end, inside) if run.text)


def _find(words: str, text: str) -> tuple[int, int] | None:
    """Where the words stand, as words of their own if they do."""
    at = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) or re.search(re.escape(words), text)
    return at.span() if at else None


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """From where to where the sentence goes that holds a span."""
    before = [match.end() for match in SENTENCE_END.finditer(text, 0, start)]
    after = SENTENCE_END.search(text, end)
    return before[-1] if before else 0, after.start() + 1 if after else len(text)


def _runs(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> Iterator[Run]:
    """The sentence with the spans marked; of a very long one only what is near them."""
    is_long = end - start > LONGEST
    first = max(start, spans[0][0] - NEAR) if is_long else start
    last = min(end, spans[-1][1] + NEAR) if is_long else end
    yield Run("… " if first > start else "")
    at = first
    for begin, finish in spans:
        if begin >= at:
            yield Run(text[at:begin])
            yield Run(text[begin:finish], is_marked=True)
            at = finish
    yield Run(text[at:last].rstrip())
    yield Run(" …" if last < end else "")
