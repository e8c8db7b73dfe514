"""The languages that people read and write here: which ones, their own names, their direction.

Two sets. *Listing languages* are those in which texts can be written; the database has a column for each.
*Interface languages* are those whose catalogue is complete; a setting names them, so that a language can be
opened to readers on the day its words are ready. Easy Finnish and easy Swedish are interface languages alone: who reads
them reads everything that has no easier wording in the language itself.
"""

from dataclasses import dataclass
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from django.conf import settings
from django.utils.translation import get_language


@dataclass(frozen=True)
class WritingLanguage:
    """A language of the portal: `code` as in addresses (`zh-hans`), `autonym` in its own script."""

    code: str
    autonym: str
    direction: str = "ltr"

    @property
    def column(self) -> str:
        """The suffix of its database columns (`title_zh_hans`)."""
        return self.code.replace("-", "_")


LISTING_LANGUAGES: tuple[WritingLanguage, ...] = (
    WritingLanguage("fi", "suomi"),
    WritingLanguage("sv", "svenska"),
    WritingLanguage("en", "English"),
    WritingLanguage("ru", "русский"),
    WritingLanguage("uk", "українська"),
    WritingLanguage("et", "eesti"),
    WritingLanguage("fr", "français"),
    WritingLanguage("es", "español"),
    WritingLanguage("tr", "Türkçe"),
    WritingLanguage("so", "Soomaali"),
    WritingLanguage("ar", "العربية", "rtl"),
    WritingLanguage("fa", "فارسی", "rtl"),
    WritingLanguage("zh-hans", "中文"),
)

LISTING_LANGUAGE_CODES: tuple[str, ...] = tuple(language.code for language in LISTING_LANGUAGES)

# `simple` is BCP 47's word for an easy wording. Each with the language that it is a wording of.
EASY_LANGUAGES: dict[str, WritingLanguage] = {
    "fi": WritingLanguage("fi-simple", "selkosuomi"),
    "sv": WritingLanguage("sv-simple", "lätt svenska"),
}
_FULL = {easy.code: code for code, easy in EASY_LANGUAGES.items()}

# All that the interface can have; an easy wording stands beside its language.
READING_LANGUAGES: tuple[WritingLanguage, ...] = tuple(
    one for language in LISTING_LANGUAGES for one in (language, EASY_LANGUAGES.get(language.code)) if one is not None
)
READING_LANGUAGE_CODES: tuple[str, ...] = tuple(language.code for language in READING_LANGUAGES)

_BY_CODE = {language.code: language for language in READING_LANGUAGES}

# Languages of listings and people that are written from right to left, beyond the interface languages.
_RIGHT_TO_LEFT = {"ar", "fa", "prs", "ckb", "ps", "ur", "he", "yi", "ug", "sd"}


def writing_language(code: str) -> WritingLanguage:
    """The language with this code; `KeyError` when the portal has no such language."""
    return _BY_CODE[code]


def full_language(code: str) -> str:
    """The language that an easy one is a wording of: `fi` for `fi-simple`; every other language is its own."""
    return _FULL.get(code, code)


def reader_writes() -> str:
    """The language in which the present reader types, searches and gets mails: never an easy wording."""
    return full_language(get_language() or settings.LANGUAGE_CODE)


def full_languages() -> list[tuple[str, str]]:
    """The interface languages with their own names, without the easy wordings: those of mails and of texts."""
    return [(code, name) for code, name in settings.LANGUAGES if code not in _FULL]


def in_language(address: str, code: str) -> str:
    """The same page in another language: an address begins with the language, and nothing else in it is translated.

    One without a language stays as it is. `translate_url` gives the same, but resolves the address for each language.
    """
    first, slash, rest = address.removeprefix("/").partition("/")
    return f"/{code}/{rest}" if slash and first in dict(settings.LANGUAGES) else address


def direction(code: str) -> str:
    """`rtl` or `ltr`, for the `dir` attribute of a text in this language."""
    return "rtl" if code.split("-")[0] in _RIGHT_TO_LEFT else "ltr"


@cache
def babel_locale(code: str) -> Locale:
    """CLDR's locale for an interface language; English where CLDR has none."""
    try:
        return Locale.parse(full_language(code).replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")


@cache
def locale_with_country(code: str) -> str:
    """The language with the country where most people speak it: `sv_SE`, `zh_CN`. Services that share links ask so."""
    likely = get_global("likely_subtags").get(babel_locale(code).language, "")
    language, _script, country = likely.split("_") if likely.count("_") == 2 else (code, "", "")
    return "_".join(filter(None, (language, country)))


@cache
def language_name(code: str, reader: str) -> str:
    """The name of a language in the reader's language: `language_name("ar", "fi")` is `arabia`."""
    name = babel_locale(reader).languages.get(code.replace("-", "_").replace("hans", "Hans"))
    return name or (_BY_CODE[code].autonym if code in _BY_CODE else code)
