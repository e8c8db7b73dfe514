"""Texts that people wrote in some languages, and which of them a reader is shown.

A text is never shown as if it were in the page's language when it is not: it carries its own `lang` and `dir`,
and the name of its language in the reader's language.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import models

from portal.languages import LISTING_LANGUAGES, direction, full_language, language_name

# Commas as they are typed in Latin letters, Arabic and Chinese.
_COMMAS = re.compile("[,،，、\n]+")

# Which languages are tried after the reader's own. Finnish comes first as the language of most listings.
FALLBACK_ORDER = ("fi", "en", "sv")


@dataclass(frozen=True)
class Text:
    """One text as one reader sees it."""

    value: str
    lang: str
    reader: str

    @property
    def dir(self) -> str:
        return direction(self.lang)

    @property
    def is_other(self) -> bool:
        """Whether the text is in another language than the page."""
        return full_language(self.lang) != full_language(self.reader)

    @property
    def language_name(self) -> str:
        return language_name(self.lang, self.reader)

    def __str__(self) -> str:
        return self.value

    def __bool__(self) -> bool:
        return bool(self.value)


def listed(text: str) -> list[str]:
    """What somebody typed with commas between, in whichever script, without the blanks around."""
    return [part.strip() for part in _COMMAS.split(text) if part.strip()]


def isolated(text: str) -> str:
    """A name or an address inside a sentence of the other direction: Unicode's isolates, which need no markup."""
    return f"\u2068{text}\u2069"


def texts_of(row: models.Model, field: str) -> dict[str, str]:
    """The texts of a translated field by language code, without the missing ones."""
    values = ((language.code, getattr(row, f"{field}_{language.column}")) for language in LISTING_LANGUAGES)
    return {code: value for code, value in values if value}


def set_texts(row: models.Model, field: str, texts: Mapping[str, str]) -> None:
    """Write a translated field: the given languages get their text, all others become empty."""
    for language in LISTING_LANGUAGES:
        setattr(row, f"{field}_{language.column}", texts.get(language.code, ""))


def choose_language(available: Iterable[str], reader: str, order: Iterable[str] = FALLBACK_ORDER) -> str:
    """The language in which a reader is shown a text; empty when there is none."""
    codes = list(available)
    for code in (full_language(reader), *order):
        if code in codes:
            return code
    return codes[0] if codes else ""


def text_for(texts: Mapping[str, str], reader: str, order: Iterable[str] = FALLBACK_ORDER) -> Text:
    """The text that the reader is shown; its value is empty when nobody wrote one."""
    code = choose_language(texts, reader, order)
    return Text(texts.get(code, ""), code or full_language(reader), reader)
