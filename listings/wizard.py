"""What the pages of the listing form show around the questions: the way so far, notes at fields, what to mend."""

from collections.abc import Iterable
from typing import Any

from django.forms import BoundField
from django.urls import reverse

from listings.forms import STEPS, Step
from listings.forms.base import StepForm
from listings.models import Version
from listings.notes import Note


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


def shown_fields(form: StepForm, notes: Iterable[Note]) -> list[dict[str, Any]]:
    """Each field of the form with what is said at it, and the ids of all that describes it."""
    by_field: dict[str | None, list[Note]] = {}
    for note in notes:
        name = form.field_of(note.answer, note.language)
        if not (note.stops and name in form.errors):  # what was typed cannot be read: that says enough
            by_field.setdefault(name, []).append(note)
    return [_shown_field(field, by_field.get(field.name, [])) for field in form]


def _shown_field(field: BoundField, findings: list[Note]) -> dict[str, Any]:
    stops = bool(field.errors) or any(note.stops for note in findings)
    described_by = " ".join(filter(None, [field.aria_describedby, f"{field.auto_id}_notes" if findings else ""]))
    if not field.use_fieldset and findings:  # a group is described once, on its fieldset
        field.field.widget.attrs["aria-describedby"] = described_by
        if stops:
            field.field.widget.attrs["aria-invalid"] = "true"
    return {"field": field, "findings": findings, "described_by": described_by, "stops": stops}


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


def _focus_id(form: StepForm, name: str) -> str:
    """The id of the element that takes the focus: the first option of a group, else the field."""
    field = form[name]
    return f"{field.auto_id}_0" if field.use_fieldset else field.id_for_label
