"""What is said to a writer about each answer: a rule's finding, a missing answer, what a moderator asked for.

Findings, missing answers, reasons and a moderator's own words become one kind of note with the name of the answer, so
that every step of the form shows them at the field in the same way, and the preview can list them all.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django.urls import reverse

from listings.advice import Advice, advice_of
from listings.answers import answers_with, findings_of
from listings.completeness import missing_answers
from listings.eligibility import Finding, Severity
from listings.forms import STEPS, Step
from listings.models import Listing, Version
from listings.quotes import Quote, quotes_of
from listings.returned import Asked, sent_back

# Findings that say that the listing belongs to the other section: one press moves it there.
SECTION_OF_FINDING = {
    ("volunteering", "supporter_training"): Listing.PROFESSIONAL,
    ("right-section", "to_professional"): Listing.PROFESSIONAL,
    ("right-section", "to_activity"): Listing.ACTIVITY,
}

# More advice than this at one step would nag.
MOST_ADVICE = 3


@dataclass(frozen=True)
class Note:
    """Something to say at an answer. `severity` is `block`, `review` or `advice`; `stops` keeps it from being sent.

    `is_missing`: it asks for what is not written yet, so that it is said when a step is saved and not before.
    `quotes` are the sentences that raised it, `section` is the one to which one press moves the listing.
    `is_measured`: the plain-language meter says it too, where it is shown.
    `is_asked`: a moderator asked for it when they sent the version back, in `written` with their own words, which are
    in the language `written_in`. `is_changed`: the answer is another one since.
    """

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
    is_missing: bool = False
    quotes: tuple[Quote, ...] = ()
    section: str = ""
    is_measured: bool = False
    is_asked: bool = False
    is_changed: bool = False
    written: str = ""
    written_in: str = ""

    @property
    def is_advice(self) -> bool:
        """Whether nothing is broken: only the organization is told."""
        return self.severity == Severity.ADVICE


def address_of_rule(code: str) -> str:
    """Where a rule is explained to everybody."""
    return reverse("rule", args=[code])


def _of_finding(finding: Finding, answers: Mapping[str, Any], listing: Listing) -> Note:
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
        is_missing=answers.get(finding.field, True) in ("", None, [], {}),
        quotes=quotes_of(finding, answers),
        section=SECTION_OF_FINDING.get((finding.code, finding.detail), "") if listing.published_at is None else "",
    )


def note_of(asked: Asked) -> Note:
    """A reason or a note of the decision that sent the version back, beside the answer that it is about."""
    rule = asked.rule
    return Note(
        answer=asked.answer,
        what=asked.what,
        severity="review",
        why=str(rule.meaning) if rule else "",
        do=str(rule.what_to_do) if rule else "",
        code=rule.code if rule else "",
        url=address_of_rule(rule.code) if rule else "",
        stops=False,
        is_asked=True,
        is_changed=asked.is_changed,
        written=asked.text,
        written_in=asked.language,
    )


def _of_advice(advice: Advice, answers: Mapping[str, Any]) -> Note:
    return Note(
        answer=advice.field,
        what=advice.what,
        severity=Severity.ADVICE.value,
        why=advice.why,
        do=advice.what_to_do,
        words=", ".join(advice.words),
        language=advice.language,
        stops=False,
        is_missing=advice.is_missing,
        is_measured=advice.is_measured,
        quotes=quotes_of(advice, answers),
    )


def _advice(listing: Listing, answers: Mapping[str, Any], said: Iterable[Note]) -> Iterator[Note]:
    """What would serve readers better, a little at each step, and nothing where something has to be mended first."""
    stopped = {note.answer for note in said if note.stops}
    at_step: Counter[Step | None] = Counter()
    for advice in advice_of(answers, tuple(listing.organization.names.values())):
        one = step_of(advice.field)
        if advice.field not in stopped and at_step[one] < MOST_ADVICE:
            at_step[one] += 1
            yield _of_advice(advice, answers)


def notes_of(version: Version, typed: Mapping[str, Any] | None = None) -> list[Note]:
    """Everything there is to say about a version now. A blank answer that a rule names is not said twice.

    Answers that are `typed` and not saved come before the version's own; the version may be one that is not saved.
    """
    answers = answers_with(version, typed)
    notes = [_of_finding(finding, answers, version.listing) for finding in findings_of(version, typed)]
    said = {note.answer for note in notes}
    missing = [
        Note(answer=one.field, what=str(one.message), is_missing=True) for one in missing_answers(version, typed)
    ]
    notes += [note for note in missing if note.answer not in said]
    if returned := sent_back(version):
        blocked = {note.code for note in notes if note.code}
        asked = [note_of(one) for one in returned.asked]
        notes += [note for note in asked if note.code not in blocked or note.written]
    return [*notes, *_advice(version.listing, answers, notes)]


def at_each_text(notes: Iterable[Note]) -> Iterator[Note]:
    """The notes with one for each text that raised it: at every field stands what is to be changed there."""
    for note in notes:
        texts = [
            (place, tuple(quotes)) for place, quotes in groupby(note.quotes, lambda one: (one.answer, one.language))
        ]
        if note.stops or len(texts) < 2:
            yield note
        else:
            for (answer, language), quotes in texts:
                yield replace(note, answer=answer, language=language, quotes=quotes)


def step_of(answer: str) -> Step | None:
    """The step that asks for an answer; None for what concerns the organization."""
    return next((step for step in STEPS if answer in step.answers), None)


def notes_in(notes: Iterable[Note], step: Step) -> list[Note]:
    """Those that belong to a step."""
    return [note for note in notes if note.answer in step.answers]
