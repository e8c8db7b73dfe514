"""The rule guide: the questions whose answers can stop a listing, asked before anything is typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from listings.models import Version

from .base import StepForm, one_code

YES_OR_NO = (("yes", _("Yes")), ("no", _("No")))
_FLAGS = {True: "yes", False: "no", None: ""}


def _yes_or_no(label: Any, help_text: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, help_text=help_text, choices=YES_OR_NO, required=False, widget=forms.RadioSelect
    )


class GuideForm(StepForm):
    """Does the activity belong here?"""

    section = one_code("section", _("Which part of the portal?"))
    audience = one_code("audience", _("Who is it for?"))
    participation = one_code("participation", _("How do people join?"))
    price_kind = one_code("price", _("Does it cost something?"))
    fee_amount = forms.DecimalField(
        label=_("How much, in euros?"),
        help_text=_("For one person and the whole activity. Leave this empty if it is free."),
        required=False,
        min_value=0,
        max_value=99999,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    fee_purpose = one_code("fee_purpose", _("What is the fee for?"), _("Leave this empty if it is free."))
    schedule_kind = one_code("schedule", _("How often do people meet?"))
    volunteering = one_code("volunteering", _("Does it look for volunteers?"))
    study = one_code("study", _("Does it belong to studies?"))
    statutory = _yes_or_no(
        _("Is it an authority's service, or a service that the law makes a duty?"),
        _("For example an integration plan, integration training, social services or basic education."),
    )
    political = _yes_or_no(
        _("Is the activity political?"),
        _("For example campaigning or party meetings. Your organization may have a political background."),
    )
    religious = _yes_or_no(
        _("Is the activity religious?"),
        _("For example worship, prayer or scripture study. A parish may run a language café."),
    )

    flags = ("statutory", "political", "religious")

    def add_fields(self) -> None:
        """A published listing stays in its section; a copy can go to the other one."""
        if self.version is not None and self.version.listing.published_at is not None:
            del self.fields["section"]

    def field_of(self, answer: str, language: str = "") -> str | None:
        return super().field_of("audience" if answer == "section" and "section" not in self.fields else answer)

    def answers_of(self, version: Version) -> dict[str, Any]:
        initial = super().answers_of(version)
        initial.update({name: _FLAGS[getattr(version, name)] for name in self.flags})
        # The section of a new listing is not known before it has been asked.
        return initial | {"section": version.listing.section}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("price_kind") == "free":
            cleaned["fee_amount"], cleaned["fee_purpose"] = None, ""
        return cleaned

    def answers(self) -> dict[str, Any]:
        answers = {name: value for name, value in super().answers().items() if name != "section"}
        for name in self.flags:
            if name in answers:
                answers[name] = {"yes": True, "no": False}.get(answers[name])
        return answers

    def section_answer(self) -> str:
        """The chosen section; it belongs to the listing and not to the version."""
        return self.cleaned_data.get("section") or ""
