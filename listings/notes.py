"""What is said to a writer about each answer: a rule's finding, a missing answer, a moderator's reason.

Findings, missing answers and reasons become one kind of note with the name of the answer, so that every step of the
form shows them at the field in the same way, and the preview can list them all.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from listings.answers import findings_of
from listings.completeness import missing_answers
from listings.eligibility import RULES, Finding, Severity
from listings.forms import STEPS, Step
from listings.models import Version

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


@dataclass(frozen=True)
class Note:
    """Something to say at an answer. `severity` is `block`, `review` or `advice`; `stops` keeps it from being sent."""

    answer: str
    what: str
    severity: str = "block"
    why: str = ""
    do: str = ""
    words: str = ""
    code: str = ""
    url: str = ""
    language: str = ""
    stops: bool = True


def address_of_rule(code: str) -> str:
    """Where a rule is explained to everybody."""
    return f"{reverse('rules')}#{code}"


def _of_finding(finding: Finding) -> Note:
    return Note(
        answer=finding.field,
        what=str(finding.what),
        severity=finding.severity.value,
        why=str(finding.why),
        do=str(finding.what_to_do),
        words=", ".join(finding.words),
        code=finding.code,
        url=address_of_rule(finding.code),
        language=finding.language or "",
        stops=finding.severity == Severity.BLOCK,
    )


def _of_decision(decision: Any) -> list[Note]:
    """The reasons of a decision that sent the version back, beside the answers that they are about."""
    fields = {finding["code"]: finding["field"] for finding in decision.findings}
    return [
        Note(
            answer=fields.get(code) or ANSWER_OF_RULE.get(code, ""),
            what=_("The moderator asks you to change this: %(rule)s") % {"rule": RULES[code].title},
            severity="review",
            why=str(RULES[code].meaning),
            do=str(RULES[code].what_to_do),
            code=code,
            url=address_of_rule(code),
            stops=False,
        )
        for code in decision.reasons
        if code in RULES
    ]


def notes_of(version: Version) -> list[Note]:
    """Everything there is to say about a version now. A blank answer that a rule names is not said twice."""
    notes = [_of_finding(finding) for finding in findings_of(version)]
    said = {note.answer for note in notes}
    missing = [Note(answer=one.field, what=str(one.message)) for one in missing_answers(version)]
    notes += [note for note in missing if note.answer not in said]
    if version.is_editable:
        decision = version.decisions.first()
        blocked = {note.code for note in notes if note.code}
        notes += [note for note in _of_decision(decision) if note.code not in blocked] if decision else []
    return notes


def step_of(answer: str) -> Step | None:
    """The step that asks for an answer; None for what concerns the organization."""
    return next((step for step in STEPS if answer in step.answers), None)


def notes_in(notes: Iterable[Note], step: Step) -> list[Note]:
    """Those that belong to a step."""
    return [note for note in notes if note.answer in step.answers]
