"""What all steps of the listing form share: they read a draft, and give back answers to save.

No field is required: a draft may be unfinished. What is missing is said by `listings/completeness.py`, and what a
rule stops by `listings/eligibility`; both are shown at the field by the step's page.
"""

from typing import Any

from django import forms
from django.utils.functional import lazy

from listings.models import Version
from portal.vocabulary import codes, hint, label_lazy

hint_lazy = lazy(hint, str)


class CodeWidget(forms.RadioSelect):
    """Radio buttons, each with the sentence that explains its code."""

    def __init__(self, group: str, *args, **kwargs) -> None:
        self.group = group
        super().__init__(*args, **kwargs)

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        option["hint"] = hint(self.group, str(value)) if value else ""
        return option


class CodesWidget(CodeWidget, forms.CheckboxSelectMultiple):
    """Checkboxes, each with the sentence that explains its code."""


def one_code(
    group: str, label: Any, help_text: Any = "", leave_out: tuple[str, ...] = (), none: Any = ""
) -> forms.ChoiceField:
    """A question with one answer from the vocabulary; `none` names the answer that says nothing, where there is one."""
    return forms.ChoiceField(
        label=label,
        help_text=help_text,
        required=False,
        choices=[
            *([("", none)] if none else []),
            *((code, label_lazy(group, code)) for code in codes(group) if code not in leave_out),
        ],
        widget=CodeWidget(group),
    )


def many_codes(group: str, label: Any, help_text: Any = "") -> forms.MultipleChoiceField:
    """A question with any number of answers from the vocabulary."""
    return forms.MultipleChoiceField(
        label=label,
        help_text=help_text,
        required=False,
        choices=[(code, label_lazy(group, code)) for code in codes(group)],
        widget=CodesWidget(group),
    )


class StepForm(forms.Form):
    """One page of questions about a version."""

    def __init__(self, *args, version: Version | None = None, languages: list[str] | None = None, **kwargs) -> None:
        self.version = version
        self.languages = languages or []
        super().__init__(*args, **kwargs)
        self.add_fields()
        if version is not None:
            self.initial = {**self.answers_of(version), **self.initial}

    def add_fields(self) -> None:
        """Fields that depend on the version; for the steps that have some."""

    def answers_of(self, version: Version) -> dict[str, Any]:
        """The draft's answers as initial values; by default those with the fields' names."""
        return {name: getattr(version, name) for name in self.fields if hasattr(version, name)}

    def answers(self) -> dict[str, Any]:
        """What can be saved: the answers whose fields were filled in correctly, in the shape of `write_answers`."""
        return {name: value for name, value in self.cleaned_data.items() if name in self.fields}

    def field_of(self, answer: str, language: str = "") -> str | None:
        """The field at which something about an answer is said; None when this step does not ask it."""
        return answer if answer in self.fields else None
