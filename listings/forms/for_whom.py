"""For whom it is, and how people with little Finnish or Swedish take part."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from listings.models import Version
from portal.models import Language

from .base import StepForm, many_codes, one_code
from .texts import TextsMixin, field_name, text_field


def language_choices() -> list[tuple[str, str]]:
    return [(language.pk, str(language)) for language in Language.objects.all()]


class ForWhomForm(TextsMixin, StepForm):
    """Who is it for?"""

    text_answers = ("language_support",)

    target_groups = many_codes("target_group", _("Which groups is it for?"), _("Choose at least one."))
    languages = forms.MultipleChoiceField(
        label=_("In which languages can people take part?"),
        help_text=_("Choose the languages that the leaders speak."),
        choices=language_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    language_level = one_code("language_level", _("How much Finnish or Swedish do people need?"))
    childcare = forms.BooleanField(label=_("There is child care during the activity"), required=False)
    accessible = forms.BooleanField(label=_("One can get in with a wheelchair"), required=False)

    def add_fields(self) -> None:
        is_only = len(self.languages) == 1
        support = {
            field_name("language_support", code): text_field(
                "language_support",
                code,
                _("How can people with little Finnish or Swedish take part?"),
                _("For example: We show how things are done. We speak slowly."),
                is_only=is_only,
                rows=3,
            )
            for code in self.languages
        }
        before = {name: self.fields[name] for name in ("target_groups", "languages", "language_level")}
        self.fields = {**before, **support, **self.fields}

    def answers_of(self, version: Version) -> dict[str, Any]:
        return {
            **super().answers_of(version),
            **self.texts_of(version),
            "target_groups": [group.pk for group in version.target_groups.all()],
            "languages": [language.pk for language in version.languages.all()],
        }

    def answers(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        plain = ("target_groups", "languages", "language_level", "childcare", "accessible")
        return {**self.text_values(), **{name: cleaned[name] for name in plain if name in cleaned}}

    def field_of(self, answer: str, language: str = "") -> str | None:
        return self.text_field_of(answer, language) or super().field_of(answer)
