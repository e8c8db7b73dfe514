"""What a moderator writes with a decision, and what they ask of the rules' use."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from listings.eligibility import RULES
from listings.models import Version
from listings.rule_set import editions
from moderation.judging.noting import LABELS, LONGEST, answers_to_note
from moderation.models import InternalNote
from organizations.models import Organization


def _reasons() -> list[tuple[str, str]]:
    return [(code, rule.title) for code, rule in RULES.items()]


class DecisionForm(forms.Form):
    """Reasons, which are rules, and a message to the author. With a `version`, also notes at its single answers."""

    NOTE = "note_"

    reasons = forms.MultipleChoiceField(
        label=_("Reasons"), choices=_reasons, required=False, widget=forms.CheckboxSelectMultiple
    )
    # When the version was submitted that the moderator has before their eyes.
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    message = forms.CharField(
        label=_("Message to the organizer"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 7}),
    )

    def __init__(self, *args, version: Version | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.noted = answers_to_note(version) if version is not None else []
        for answer in self.noted:
            self.fields[f"{self.NOTE}{answer}"] = forms.CharField(
                label=LABELS[answer], required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2})
            )

    def note_fields(self) -> Iterator[forms.BoundField]:
        return (self[f"{self.NOTE}{answer}"] for answer in self.noted)

    @property
    def has_notes(self) -> bool:
        """Whether something is written at a single answer, or wrong there."""
        return any(field.value() or field.errors for field in self.note_fields())

    def clean(self) -> dict[str, Any]:
        """`notes` by the name of the answer, in the place of their fields; none without a version."""
        cleaned = {name: value for name, value in self.cleaned_data.items() if not name.startswith(self.NOTE)}
        if self.noted:
            written = {answer: self.cleaned_data.get(f"{self.NOTE}{answer}", "") for answer in self.noted}
            cleaned["notes"] = {answer: text for answer, text in written.items() if text}
        return cleaned


class ReconsiderForm(forms.Form):
    """Why a decision is to be made anew."""

    message = forms.CharField(
        label=_("Why do you decide again?"),
        help_text=_("The author gets this by mail."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write a message. The author needs to know why.")},
    )


class InternalNoteForm(forms.Form):
    """What one moderator tells the others."""

    text = forms.CharField(
        label=_("Note to other moderators"),
        help_text=_("The organization does not see it."),
        max_length=InternalNote.LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write something.")},
    )
    # The page on which it was written.
    back = forms.CharField(required=False, widget=forms.HiddenInput)


class OrganizationDecisionForm(forms.Form):
    """A message to the organization's main users."""

    message = forms.CharField(
        label=_("Message to the organization"),
        help_text=_("Needed when you do not approve it."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class SuspensionForm(forms.Form):
    """Why an organization is taken away from readers, or comes back."""

    message = forms.CharField(
        label=_("Message to the members"),
        help_text=_("They get it by mail and read it at their desk."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class TrustForm(forms.Form):
    """Why an organization may publish without a decision before, or no longer may."""

    # It stands on one page with the form of another decision.
    prefix = "trust"

    message = forms.CharField(
        label=_("Message to the main users"),
        help_text=_("They get it by mail."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class OrganizationSearchForm(forms.Form):
    """Which organizations to list. Read from the query string."""

    words = forms.CharField(label=_("Name or Business ID"), max_length=200, required=False)
    state = forms.ChoiceField(
        label=_("State"),
        choices=[("", _("all states")), *Organization.State.choices],
        required=False,
    )


class ClaimDecisionForm(forms.Form):
    """A message to an editor who offers to be main user; they need it when they do not become one."""

    message = forms.CharField(
        label=_("Message to the person"),
        help_text=_("Needed when you decline."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write a message. The person needs to know why.")},
    )

    def __init__(self, *args, needs_message: bool = False, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["message"].required = needs_message


class RuleUseForm(forms.Form):
    """Which decisions to count. Read with `read`, so that a value that does not exist is the usual one."""

    ALL = "all"
    USUAL: Mapping[str, str] = {"period": "365", "rule_set": ALL}

    period = forms.ChoiceField(
        label=_("Decisions of"),
        choices=[("30", _("the last 30 days")), ("365", _("the last 365 days")), (ALL, _("all times"))],
    )
    rule_set = forms.ChoiceField(label=_("Rule set"))

    def __init__(self, *args, versions: Iterable[str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        known = {edition.version for edition, _is_in_force in editions()} | set(versions)
        self.fields["rule_set"].choices = [
            (self.ALL, _("all rule sets")),
            *((one, one) for one in sorted(known, reverse=True)),
        ]
        self.chosen: dict[str, str] = dict(self.USUAL)

    @classmethod
    def read(cls, data: Mapping[str, str], versions: Iterable[str]) -> "RuleUseForm":
        """The form with what was asked in `chosen`; `versions` are those under which decisions have been made."""
        versions = list(versions)
        asked = cls(data, versions=versions)
        asked.is_valid()
        chosen = {**cls.USUAL, **asked.cleaned_data}
        form = cls(initial=chosen, versions=versions)
        form.chosen = chosen
        return form
