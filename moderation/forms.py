"""What a moderator writes with a decision, and what they ask of the rules' use."""

from collections.abc import Iterable, Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from listings.eligibility import RULES
from listings.rule_set import editions
from organizations.models import Organization


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


class SuspensionForm(forms.Form):
    """Why an organization is taken away from readers, or comes back."""

    message = forms.CharField(
        label=_("Message to the members"),
        help_text=_("They get it by mail and read it at their desk."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
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
