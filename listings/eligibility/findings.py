"""A finding is what the rules say about one listing: which rule, how grave, where, and what to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from .messages import BY_TEXT, MESSAGES
from .rules import Rule, rule

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class Severity(StrEnum):
    """How grave a finding is: a block stops the listing, a review goes to a moderator, advice does not."""

    BLOCK = "block"
    REVIEW = "review"
    ADVICE = "advice"


@dataclass(frozen=True)
class Place:
    """Where in the text a finding comes from: the field, the text's language and the exact words."""

    field: str
    language: str | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """What one rule says about a listing.

    `field` is the name of an answer in `Answers`. `words` are all the words that caused the finding, and
    `places` tells where they stand; a finding from a structured answer alone has neither. `detail` chooses
    the message.
    """

    code: str
    severity: Severity
    field: str
    language: str | None = None
    words: tuple[str, ...] = ()
    detail: str = ""
    places: tuple[Place, ...] = ()

    @classmethod
    def from_places(cls, code: str, places: Iterable[Place], detail: str = BY_TEXT) -> "Finding":
        """Make a finding from words in a text. It is a review: text alone never blocks."""
        places = tuple(places)
        first = places[0]
        return cls(code, Severity.REVIEW, first.field, first.language, _all_words(places), detail, places)

    def with_places(self, places: Iterable[Place]) -> "Finding":
        """Return the same finding with the places in the text that say the same."""
        places = tuple(places)
        return Finding(self.code, self.severity, self.field, self.language, _all_words(places), self.detail, places)

    @property
    def rule(self) -> Rule:
        """The rule that this finding names."""
        return rule(self.code)

    @property
    def what(self) -> "StrPromise":
        """What is wrong, in one sentence."""
        message = MESSAGES.get((self.code, self.detail))
        return message.what if message else self.rule.meaning

    @property
    def why(self) -> "StrPromise":
        """Why the rule exists."""
        return self.rule.why

    @property
    def what_to_do(self) -> "StrPromise":
        """What the writer can do about it."""
        message = MESSAGES.get((self.code, self.detail))
        return message.what_to_do if message and message.what_to_do else self.rule.what_to_do


def _all_words(places: Iterable[Place]) -> tuple[str, ...]:
    """All the words of the places, each once, in the order of the text."""
    return tuple(dict.fromkeys(word for place in places for word in place.words))
