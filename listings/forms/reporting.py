"""What a reader says is wrong with a listing, and what the organization answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from listings.models import Report
from portal.forms import WordsField
from portal.open_forms import OpenForm


class ReportForm(OpenForm):
    """Something is wrong here."""

    reason = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=Report.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong.")},
    )
    words = WordsField(
        label=_("Tell us more"),
        help_text=_("For example the right time. Do not write about anybody’s health or other private matters."),
        most=Report.LONGEST_WORDS,
        rows=5,
    )
    reader_email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("Only if you want to know what happens. The organizer does not see it. We delete it afterwards."),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    field_order = ("reason", "words", "reader_email")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("reason") == Report.Reason.OTHER and not data.get("words") and "words" not in self.errors:
            self.add_error("words", _("Write in a few words what is wrong."))
        return data

    def said(self) -> dict[str, str]:
        """What the reader says, as the action takes it."""
        return {name: self.cleaned_data[name] for name in ("reason", "words", "reader_email")}


class ReportAnswerForm(forms.Form):
    """What the organization tells the reader."""

    reply = WordsField(
        label=_("Message to the reader"),
        help_text=_("The reader gets it by mail, if they left an address."),
        most=Report.LONGEST_WORDS,
        rows=4,
    )
