"""Notes of a moderator at single answers of a version: which answers can have one, and how they are called."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from listings.models import Version
from moderation.judging.changes import FACT_LABELS, TEXT_LABELS, facts_of

LABELS: dict[str, Promise] = TEXT_LABELS | FACT_LABELS
LONGEST = 500


@dataclass(frozen=True)
class FieldNote:
    """What a moderator says about one answer."""

    answer: str
    label: Promise | str
    text: str


def answers_to_note(version: Version) -> list[str]:
    """The answers that say something: there is something to say about them."""
    texts = [field for field in TEXT_LABELS if version.texts(field)]
    return texts + [answer for answer, items in facts_of(version).items() if any(items)]


def field_notes(notes: Mapping[str, str]) -> Iterator[FieldNote]:
    """The notes of a decision in the order of the answers. The labels are in the language of whoever reads them."""
    for answer, label in LABELS.items():
        if notes.get(answer):
            yield FieldNote(answer, label, notes[answer])
