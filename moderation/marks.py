"""Marks in a text the words that raised a finding, with the finding's number."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from listings.eligibility import Finding
from moderation.changes import Piece, ShownText


@dataclass(frozen=True)
class Run:
    """Words of one kind (`kept`, `added`, `removed`); `number` is the finding that they raised, 0 for none."""

    text: str
    kind: str
    number: int = 0


def _numbers(shown: ShownText, findings: Sequence[Finding]) -> dict[str, int]:
    """The words that findings name in this text, with each finding's number."""
    return {
        words: number
        for number, finding in enumerate(findings, 1)
        for place in finding.places
        if place.field == shown.field and place.language in (None, shown.lang)
        for words in place.words
    }


def _runs(piece: Piece, numbers: dict[str, int]) -> list[Run]:
    if not numbers or piece.kind == "removed":
        return [Run(piece.text, piece.kind)]
    pattern = "|".join(re.escape(words) for words in sorted(numbers, key=len, reverse=True))
    parts = re.split(f"({pattern})", piece.text)
    return [Run(part, piece.kind, numbers.get(part, 0)) for part in parts if part]


def mark_words(texts: Sequence[ShownText], findings: Sequence[Finding]) -> list[dict]:
    """Each text with its runs."""
    return [
        {
            "text": shown,
            "runs": [run for piece in shown.pieces for run in _runs(piece, _numbers(shown, findings))],
        }
        for shown in texts
    ]
