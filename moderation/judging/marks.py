"""Marks in a text the words that raised a finding, with the finding's number."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from listings.eligibility import Finding
from moderation.judging.changes import ShownText


@dataclass(frozen=True)
class Run:
    """Words of one kind (`kept`, `added`, `removed`); `number` is the finding that they raised, 0 for none.

    What raised a finding can have been written in pieces; with the last of them it `ends`.
    """

    text: str
    kind: str
    number: int = 0
    ends: bool = False


@dataclass(frozen=True)
class _Mark:
    start: int
    end: int
    number: int


def _numbers(shown: ShownText, findings: Sequence[Finding]) -> dict[str, int]:
    """The words that findings name in this text, with each finding's number."""
    return {
        words: number
        for number, finding in enumerate(findings, 1)
        for place in finding.places
        if place.field == shown.field and place.language in (None, shown.lang)
        for words in place.words
        if words
    }


def _marks(text: str, numbers: dict[str, int]) -> list[_Mark]:
    if not numbers:
        return []
    pattern = "|".join(re.escape(words) for words in sorted(numbers, key=len, reverse=True))
    return [_Mark(found.start(), found.end(), numbers[found.group()]) for found in re.finditer(pattern, text)]


def _runs(shown: ShownText, numbers: dict[str, int]) -> Iterator[Run]:
    """The pieces cut where marks begin and end. Words are looked for in the text as it is now."""
    now = "".join(piece.text for piece in shown.pieces if piece.kind != "removed")
    marks = _marks(now, numbers)
    at = 0
    for piece in shown.pieces:
        if piece.kind == "removed":
            yield Run(piece.text, piece.kind)
            continue
        end = at + len(piece.text)
        while at < end:
            while marks and marks[0].end <= at:
                marks.pop(0)
            mark = marks[0] if marks and marks[0].start < end else None
            if mark is None:
                stop, number = end, 0
            elif mark.start > at:
                stop, number = mark.start, 0
            else:
                stop, number = min(mark.end, end), mark.number
            yield Run(now[at:stop], piece.kind, number, mark is not None and number > 0 and stop == mark.end)
            at = stop


def mark_words(texts: Sequence[ShownText], findings: Sequence[Finding]) -> list[dict]:
    """Each text with its runs."""
    return [{"text": shown, "runs": list(_runs(shown, _numbers(shown, findings)))} for shown in texts]
