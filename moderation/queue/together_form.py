"""Which listings are decided together, and what their authors are told."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from listings.eligibility import RULES
from moderation.actions import ReasonMissing
from moderation.queue.cases import CASES_PER_PAGE


class _Ticked(forms.Field):
    """Numbers of versions, each with when it was submitted that the moderator has before their eyes, if it has been."""

    widget = forms.SelectMultiple

    def to_python(self, value: Any) -> dict[int, str]:
        found = (one.partition(" ") for one in (value or [])[:CASES_PER_PAGE])
        return {int(pk): seen for pk, _space, seen in found if pk.isascii() and pk.isdecimal() and len(pk) <= 18}


class TogetherForm(forms.Form):
    """Read from the ticks in the queue, then from the page that shows them all."""

    version = _Ticked(required=False)
    reasons = forms.MultipleChoiceField(
        label=_("Reasons"),
        choices=lambda: [(code, rule.title) for code, rule in RULES.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    message = forms.CharField(
        label=_("Message to the organizer"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args, needs_reason: bool = False, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.needs_reason = needs_reason

    @classmethod
    def ticked(cls, query: QueryDict) -> "TogetherForm":
        """With the ticks of a query string, and nothing written yet."""
        form = cls({"version": query.getlist("version")})
        form.is_valid()
        return form

    @property
    def seen(self) -> dict[int, str]:
        """The versions' numbers, with what was seen of each."""
        return self.cleaned_data.get("version", {})

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.needs_reason and not data.get("reasons") and not (data.get("message") or "").strip():
            self.add_error("message", ReasonMissing.message)
        return data
