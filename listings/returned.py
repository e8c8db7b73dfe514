"""What a moderator asked for when they sent a version back, and which of those answers its author has changed since."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from listings.answers import PLAIN_FIELDS
from listings.eligibility import RULES, Rule
from listings.forms import STEPS
from listings.models import Version
from listings.snapshots import changed_since

# As `Decision.Outcome.RETURNED`: imports run from the decisions to the listings.
RETURNED = "returned"

# At which answer a moderator's reason is shown, when no finding says it more exactly.
ANSWER_OF_RULE = {
    "free-of-charge": "price_kind",
    "non-commercial": "description",
    "no-referral": "participation",
    "not-statutory": "statutory",
    "not-degree-study": "study",
    "not-political": "political",
    "not-religious": "religious",
    "equal-treatment": "description",
    "not-single-event": "schedule_kind",
    "volunteering": "volunteering",
    "right-section": "section",
    "integration-aim": "aims",
    "language-access": "language_support",
}

# Answers that one note or reason is about together.
ANSWERED_TOGETHER = {
    "price_kind": {"price_kind", "fee_amount", "fee_purpose"},
    "starts": {"starts", "ends"},
    "venue": {"venue", "address", "postal_code"},
    "contact_name": {"contact_name", "contact_email", "contact_phone", "contact_url"},
}

# The answers in the order of the form: by step, and within one the texts first.
_STEP_OF = {answer: number for number, step in enumerate(STEPS) for answer in step.answers}
_ANSWERS = (*Version.TEXT_FIELDS, *PLAIN_FIELDS)


def _place(answer: str) -> tuple[int, int, str]:
    position = _ANSWERS.index(answer) if answer in _ANSWERS else len(_ANSWERS)
    return _STEP_OF.get(answer, len(STEPS)), position, answer


def notes_in_order(decision: Any) -> list[tuple[str, str]]:
    """A moderator's notes with the names of their answers, in the order of the form."""
    return sorted(decision.notes.items(), key=lambda note: _place(note[0]))


@dataclass(frozen=True)
class Asked:
    """One thing to change: a rule, or what the moderator wrote at one answer, in the language of the decision."""

    answer: str
    is_changed: bool
    rule: Rule | None = None
    text: str = ""
    language: str = ""

    @property
    def what(self) -> str:
        if self.rule is None:
            return _("The moderator writes about this:")
        return _("The moderator asks you to change this: %(rule)s") % {"rule": self.rule.title}


@dataclass(frozen=True)
class SentBack:
    """The decision that sent a version back, seen from the version as it is now."""

    decision: Any
    version: Version

    @cached_property
    def changed(self) -> set[str]:
        """The answers that are no longer as the moderator saw them."""
        return changed_since(self.version, self.decision.snapshot)

    @cached_property
    def asked(self) -> list[Asked]:
        """What was asked for: notes at single answers first, then the rules."""
        return [*self._notes(), *self._rules()]

    def _notes(self) -> Iterator[Asked]:
        for answer, text in notes_in_order(self.decision):
            yield Asked(answer, self._is_changed(answer), text=text, language=self.decision.language)

    def _rules(self) -> Iterator[Asked]:
        fields = {finding["code"]: finding["field"] for finding in self.decision.findings}
        for code in self.decision.reasons:
            if code in RULES:
                answer = fields.get(code) or ANSWER_OF_RULE.get(code, "")
                yield Asked(answer, self._is_changed(answer), rule=RULES[code])

    def _is_changed(self, answer: str) -> bool:
        return not self.changed.isdisjoint(ANSWERED_TOGETHER.get(answer, {answer}))


def sent_back(version: Version) -> SentBack | None:
    """What its author has to answer, while the version is theirs to change. None when nobody has sent it back."""
    if version.pk is None or not version.is_editable:
        return None
    decision = version.decisions.first()
    return SentBack(decision, version) if decision is not None and decision.outcome == RETURNED else None
