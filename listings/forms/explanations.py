"""What a writer tells the moderator about the findings that a moderator will judge."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from listings.eligibility import rule
from portal.forms import WordsField

LONGEST = 500
PREFIX = "explain_"


class ExplanationsForm(forms.Form):
    """One text for each rule with a finding to judge."""

    def __init__(self, *args: Any, codes: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in codes:
            label = _("Explain to the moderator: %(rule)s") % {"rule": rule(code).title}
            help_text = _("At most %(most)s characters. Readers do not see this.") % {"most": LONGEST}
            self.fields[PREFIX + code] = WordsField(label=label, help_text=help_text, most=LONGEST, rows=3)

    def explanations(self) -> dict[str, str]:
        """The texts by rule; only of the fields that were on the page."""
        return {
            name.removeprefix(PREFIX): text
            for name, text in self.cleaned_data.items()
            if self.add_prefix(name) in self.data
        }

    def by_rule(self) -> dict[str, forms.BoundField]:
        """The fields by their rules."""
        return {name.removeprefix(PREFIX): self[name] for name in self.fields}
