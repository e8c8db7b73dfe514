"""What somebody writes about accessibility, and what an operator answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms import WordsField
from portal.models import Feedback
from portal.open_forms import OpenForm


class FeedbackForm(OpenForm):
    """Something keeps somebody from using the portal."""

    words = WordsField(
        label=_("Your message"),
        help_text=_("Which page is it about, and what does not work? If you use an aid, tell us which."),
        error_messages={"required": _("Write your message first.")},
        most=Feedback.LONGEST_WORDS,
        rows=8,
        required=True,
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("Only if you want an answer. We delete the address when we have answered."),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    field_order = ("words", "email")

    def said(self) -> dict[str, str]:
        """What was written, as the action takes it."""
        return {name: self.cleaned_data[name] for name in ("words", "email")}


class FeedbackAnswerForm(forms.Form):
    """The answer of an operator."""

    answer = WordsField(
        label=_("Your message"),
        error_messages={"required": _("Write your message first.")},
        most=Feedback.LONGEST_WORDS,
        rows=8,
        required=True,
    )
