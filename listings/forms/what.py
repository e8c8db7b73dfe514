"""What the activity is: its texts, its forms and what it is good for."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from listings.models import Version
from portal.languages import EASY_LANGUAGES

from .base import StepForm, many_codes
from .texts import TextsMixin, easy_text_field, field_name, text_field


class WhatForm(TextsMixin, StepForm):
    """What happens there?"""

    text_answers = ("title", "summary", "easy_summary", "description")

    forms = many_codes(
        "form",
        _("What kind of activity is it?"),
        _("Choose one to three. The one that you choose first gives the picture."),
    )
    aims = many_codes("aim", _("How does it support integration?"), _("Choose at least one."))

    def add_fields(self) -> None:
        is_only = len(self.languages) == 1
        for code in reversed(self.languages):
            texts = {
                "title": text_field(
                    "title",
                    code,
                    _("Title"),
                    _("Short and clear. For example: Language café in the library."),
                    is_only=is_only,
                ),
                "summary": text_field(
                    "summary", code, _("One sentence"), _("Tell the most important thing."), is_only=is_only
                ),
                **({"easy_summary": easy_text_field(code, is_only=is_only)} if code in EASY_LANGUAGES else {}),
                "description": text_field(
                    "description",
                    code,
                    _("What do people do there?"),
                    _("Write short sentences. Many readers know little Finnish or Swedish."),
                    is_only=is_only,
                    rows=8,
                ),
            }
            self.fields = {
                **{field_name(answer, code): field for answer, field in texts.items()},
                **self.fields,
            }

    def answers_of(self, version: Version) -> dict[str, Any]:
        return {
            **self.texts_of(version),
            "forms": [row.form_id for row in version.form_rows.all()],
            "aims": version.aims,
        }

    def answers(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        chosen = {name: cleaned[name] for name in ("forms", "aims") if name in cleaned}
        if "forms" in chosen and self.version is not None:
            # What was first stays first: it gives the door its picture.
            before = [row.form_id for row in self.version.form_rows.all()]
            kept = [code for code in before if code in chosen["forms"]]
            chosen["forms"] = kept + [code for code in chosen["forms"] if code not in kept]
        return {**self.text_values(), **chosen}

    def field_of(self, answer: str, language: str = "") -> str | None:
        return super().field_of(self.text_field_of(answer, language) or answer)
