"""Fields for a text in several languages: one field for each language in which the listing is written."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from listings.models import Version
from portal.languages import EASY_LANGUAGES, LISTING_LANGUAGE_CODES, language_name, writing_language


def languages_of(version: Version) -> list[str]:
    """The languages in which a version has any text."""
    found = {code for field in Version.TEXT_FIELDS for code in version.texts(field)}
    return [code for code in LISTING_LANGUAGE_CODES if code in found]


def field_name(answer: str, code: str) -> str:
    return f"{answer}_{writing_language(code).column}"


def text_field(answer: str, code: str, label: Any, help_text: Any, *, is_only: bool, rows: int = 0) -> forms.CharField:
    """A text field in one language, with that language on it; its label names the language when there are several."""
    limit = Version._meta.get_field(answer).max_length
    attrs = {"lang": code, "dir": writing_language(code).direction}
    widget = forms.Textarea(attrs={**attrs, "rows": rows}) if rows else forms.TextInput(attrs=attrs)
    name = language_name(code, get_language() or "en")
    return forms.CharField(
        label=label if is_only else f"{label} ({name})",
        help_text=help_text,
        required=False,
        max_length=limit,
        widget=widget,
    )


def easy_text_field(code: str, *, is_only: bool) -> forms.CharField:
    """The summary once more, in the easy wording of a language that has one."""
    label, name = _("In easy language"), language_name(code, get_language() or "en")
    return forms.CharField(
        label=label if is_only else f"{label} ({name})",
        help_text=_(
            "If you like: the same in short sentences and common words. Readers of easy Finnish or Swedish see it."
        ),
        required=False,
        max_length=Version.LONGEST_EASY_SUMMARY,
        widget=forms.Textarea(attrs={"lang": EASY_LANGUAGES[code].code, "dir": "ltr", "rows": 4}),
    )


class TextsMixin:
    """For steps with texts: `text_answers` names them, `languages` says in which languages they are asked."""

    text_answers: tuple[str, ...] = ()

    def texts_of(self, version: Version) -> dict[str, str]:
        return {
            field_name(answer, code): text
            for answer in self.text_answers
            for code, text in version.texts(answer).items()
        }

    def text_values(self) -> dict[str, dict[str, str]]:
        """The texts by answer and language. Languages that were not asked keep what they have."""
        texts: dict[str, dict[str, str]] = {}
        for answer in self.text_answers:
            known = dict(self.version.texts(answer)) if self.version is not None else {}
            for code in self.languages:
                name = field_name(answer, code)
                if name in self.cleaned_data:
                    known[code] = self.cleaned_data[name]
            texts[answer] = {code: text for code, text in known.items() if text}
        return texts

    def text_field_of(self, answer: str, language: str = "") -> str | None:
        """A text's field in the language, else in the first in which it is missing, else in the first of all."""
        if answer not in self.text_answers:
            return None
        written = self.version.texts(answer) if self.version is not None else {}
        missing = [code for code in self.languages if code not in written]
        code = language if language in self.languages else (missing or self.languages)[0]
        return field_name(answer, code)
