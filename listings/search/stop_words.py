"""Words that say nothing about what is looked for. They count only when a query has no others."""

from functools import cache
from pathlib import Path

from .words import words_in

FILE = Path(__file__).parent / "stop_words.txt"


@cache
def stop_words() -> dict[str, frozenset[str]]:
    """The folded words by language."""
    lines = (line.partition(":") for line in FILE.read_text(encoding="utf-8").splitlines() if line[:1] != "#")
    return {language: frozenset(words_in(words)) for language, _sign, words in lines}
