"""What the pages of the listing form show around the questions: the way so far, notes at fields, what to mend."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from django.forms import BoundField
from django.urls import reverse
from django.utils.translation import ngettext

from listings.forms import STEPS, Step
from listings.forms.base import StepForm
from listings.forms.texts import languages_of
from listings.models import Version
from listings.notes import Note, step_of
from listings.plain_language import Threshold, threshold_of
from portal.languages import reader_writes

# Whose threshold is measured; a title is too short for it.
MEASURED = ("summary", "easy_summary", "description")


@dataclass(frozen=True)
class ShownField:
    """A field of a step with what is said at it, and the ids of all that describes it."""

    field: BoundField
    findings: list[Note]
    is_measured: bool
    threshold: Threshold | None
    described_by: str

    @property
    def stops(self) -> bool:
        return bool(self.field.errors) or any(note.stops for note in self.findings)

    @property
    def is_waited_for(self) -> bool:
        """Whether the page says that something is missing here."""
        return any(note.is_missing for note in self.findings)

    @property
    def said(self) -> str:
        """What tells the notes from those that stood here before; empty when there are none."""
        return _mark(self.field, self.findings)

    @property
    def measured(self) -> str:
        """The same of the threshold."""
        return _mark(self.field, self.threshold)


def _mark(field: BoundField, shown: Any) -> str:
    return f"{field.name}:{crc32(repr(shown).encode()):x}" if shown else ""


def progress(current: Step, version: Version | None) -> list[dict]:
    """The steps with their addresses; a listing that does not exist yet has none."""
    position = STEPS.index(current)
    return [
        {
            "number": number + 1,
            "title": one.title,
            "url": reverse("listing_step", args=[version.listing_id, one.code]) if version else "",
            "state": "done" if number < position else "current" if number == position else "ahead",
        }
        for number, one in enumerate(STEPS)
    ]


def shown_fields(form: StepForm, notes: Iterable[Note], *, is_typing: bool = False) -> list[ShownField]:
    """Each field of the form with what is said at it. While one `is_typing`, a field is often not readable yet."""
    by_field: dict[str | None, list[Note]] = {}
    for note in notes:
        name = form.field_of(note.answer, note.language)
        if is_typing or not (note.stops and name in form.errors):  # what cannot be read: that says enough
            by_field.setdefault(name, []).append(note)
    thresholds = _thresholds(form)
    return [_shown_field(field, by_field.get(field.name, []), thresholds) for field in form]


def _thresholds(form: StepForm) -> dict[str | None, Threshold | None]:
    """How plain each text of the form is, as it is typed."""
    names = {form.field_of(answer, code): code for answer in MEASURED for code in form.languages}
    return {name: threshold_of(str(form[name].value() or ""), code) for name, code in names.items() if name is not None}


def _shown_field(field: BoundField, findings: list[Note], thresholds: dict[str | None, Threshold | None]) -> ShownField:
    # The place of the notes is there before there are any, so that those that come while typing are read there.
    described_by = " ".join(filter(None, [field.aria_describedby, f"{field.auto_id}_notes"]))
    threshold = thresholds.get(field.name)
    if threshold is not None and not threshold.is_good:  # the meter names the long sentences and words
        findings = [note for note in findings if not note.is_measured]
    shown = ShownField(field, findings, field.name in thresholds, threshold, described_by)
    if not field.use_fieldset:  # a group is described once, on its fieldset
        field.field.widget.attrs["aria-describedby"] = described_by
        if shown.stops and not field.errors:
            field.field.widget.attrs["aria-invalid"] = "true"
    return shown


def heard(fields: Iterable[ShownField]) -> str:
    """How many things there are to look at, and at which fields, in one line; empty when there are none."""
    labels = [(str(one.field.label), len(one.findings)) for one in fields if one.findings]
    count = sum(number for _label, number in labels)
    if not count:
        return ""
    return ngettext("%(count)s thing to look at: %(fields)s", "%(count)s things to look at: %(fields)s", count) % {
        "count": count,
        "fields": " · ".join(label for label, _number in labels),
    }


def summary_of(form: StepForm, notes: Iterable[Note]) -> list[dict[str, str]]:
    """What stops, with the id of the field to go to, in the order of the page."""
    said: dict[str, list[str]] = {name: list(map(str, form.errors.get(name, []))) for name in form.fields}
    for note in notes:
        name = form.field_of(note.answer, note.language)
        if note.stops and name is not None and name not in form.errors:
            said[name].append(note.what)
    return [
        {"target": _focus_id(form, name), "label": str(form.fields[name].label), "text": text}
        for name, texts in said.items()
        for text in texts
    ]


def place_of(version: Version, answer: str) -> tuple[str, str]:
    """What the form calls an answer, and the address of its field; empty when no step asks for it."""
    one = step_of(answer)
    if one is None or one.form is None:
        return "", ""
    form = one.form(version=version, languages=languages_of(version) or [reader_writes()])
    here = reverse("listing_step", args=[version.listing_id, one.code])
    name = form.field_of(answer)
    return (str(form.fields[name].label), f"{here}#{_focus_id(form, name)}") if name is not None else ("", here)


def _focus_id(form: StepForm, name: str) -> str:
    """The id of the element that takes the focus: the first option of a group, else the field."""
    field = form[name]
    return f"{field.auto_id}_0" if field.use_fieldset else field.id_for_label
