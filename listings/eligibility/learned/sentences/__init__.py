"""The sentences from which the model learned, with the rules that each breaks."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SENTENCES = Path(__file__).parent
NO_RULE = "-"


@dataclass(frozen=True)
class Example:
    """One line of a file: the rules that the sentence breaks alone (none when it is fine), its topic, its text.

    `unknown` are the rules of which nobody has said whether it breaks them.
    """

    language: str
    rules: frozenset[str]
    topic: str
    text: str
    unknown: frozenset[str] = frozenset()


def examples_of(language: str) -> Iterator[Example]:
    """The examples of a language. Raises ValueError for a line that has not three columns."""
    for path in sorted(SENTENCES.glob(f"{language}-*.tsv")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            columns = line.split("\t")
            if len(columns) != 3:
                raise ValueError(f"{path.name}:{number} has {len(columns)} columns, not rules, topic and sentence")
            rules = frozenset() if columns[0] == NO_RULE else frozenset(columns[0].split(","))
            yield Example(language, rules, columns[1], columns[2])


def fingerprint() -> str:
    """Names the state of all sentences, so that a test can tell whether the weights were trained on them."""
    digest = hashlib.sha256()
    for path in sorted(SENTENCES.glob("*.tsv")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()
