"""What a moderator writes with a decision."""

from django import forms
from django.utils.translation import gettext_lazy as _

from listings.eligibility import RULES


def _reasons() -> list[tuple[str, str]]:
    return [(code, rule.title) for code, rule in RULES.items()]


class DecisionForm(forms.Form):
    """Reasons, which are rules, and a message to the author."""

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


class OrganizationDecisionForm(forms.Form):
    """A message to the organization's main users."""

    message = forms.CharField(
        label=_("Message to the organization"),
        help_text=_("Needed when you do not approve it."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
