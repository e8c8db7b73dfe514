"""Reads values of the listing data shape. Collects every problem, so that a writer can mend them all at once.

The check command, the case files and the bulk import read the same shape, so they share this reader.
A missing value (no key, null, an empty string) is an unanswered question and never a problem.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from .codes import CODES

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# At most two decimals, so that "1,000" is a problem and not one euro.
AMOUNT = re.compile(r"[0-9]{1,6}([.,][0-9]{1,2})?")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.IGNORECASE)
# NUL and halves of surrogate pairs: JSON can carry them, but no database or page can.
UNREADABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True)
class Problem:
    """One thing that cannot be read: `field` is the key in the data ("price.amount")."""

    field: str
    message: "StrOrPromise"

    def __str__(self) -> str:
        return f"{self.field}: {self.message}" if self.field else str(self.message)


class DataError(ValueError):
    """The data cannot be read. `problems` says where and why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems)
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return " ".join(str(problem) for problem in self.problems)


class Reader:
    """Reads values one by one; call `finish` at the end to raise what was wrong."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def fail(self, field: str, message: "StrOrPromise") -> None:
        """Note a problem and go on."""
        self.problems.append(Problem(field, message))

    def finish(self) -> None:
        """Raise DataError if anything was wrong."""
        if self.problems:
            raise DataError(self.problems)

    def part(self, value: object, field: str) -> Mapping[str, Any]:
        """Read an object; an empty one when it is missing."""
        if isinstance(value, Mapping):
            return value
        if not _is_missing(value):
            self.fail(field, _("Give an object with keys and values."))
        return {}

    def string(self, value: object, field: str) -> str:
        """Read one text, without the space around it."""
        if _is_missing(value):
            return ""
        if not isinstance(value, str):
            self.fail(field, _("Give a text."))
        elif UNREADABLE.search(value):
            self.fail(field, _("The text has characters that cannot be read."))
        else:
            return value.strip()
        return ""

    def texts(self, value: object, field: str) -> dict[str, str]:
        """Read a text by language; languages with nothing written are left out."""
        texts = {}
        for language, text in self.part(value, field).items():
            tag = self.language(language, field)
            written = self.string(text, f"{field}.{tag}")
            if tag and written:
                texts[tag] = written
        return texts

    def code(self, value: object, field: str, group: str) -> str:
        """Read one code of a group in `CODES`."""
        code = self.string(value, field)
        if code and code not in CODES[group]:
            message = _("“{code}” is not a known code. Use one of these: {codes}.")
            self.fail(field, format_lazy(message, code=_shown(code), codes=", ".join(CODES[group])))
            return ""
        return code

    def codes(self, value: object, field: str, group: str) -> tuple[str, ...]:
        """Read a list of codes of a group."""
        found = (self.code(item, field, group) for item in self.items(value, field))
        return tuple(code for code in found if code)

    def language(self, value: object, field: str) -> str:
        """Read one BCP 47 language tag."""
        tag = self.string(value, field)
        if tag and not LANGUAGE_TAG.fullmatch(tag):
            self.fail(field, format_lazy(_("“{code}” is not a language code."), code=_shown(tag)))
            return ""
        return tag

    def languages(self, value: object, field: str) -> tuple[str, ...]:
        """Read a list of language tags."""
        found = (self.language(item, field) for item in self.items(value, field))
        return tuple(tag for tag in found if tag)

    def flag(self, value: object, field: str) -> bool | None:
        """Read true or false; None when it is missing."""
        if isinstance(value, bool):
            return value
        if not _is_missing(value):
            self.fail(field, _("Answer true or false."))
        return None

    def amount(self, value: object, field: str) -> Decimal | None:
        """Read an amount of euros; None when it is missing."""
        if _is_missing(value):
            return None
        written = str(value).strip() if isinstance(value, (str, int, float)) else ""
        if not AMOUNT.fullmatch(written):
            self.fail(field, _("Give the amount in euros with numbers, for example 5.00."))
            return None
        return Decimal(written.replace(",", "."))

    def day(self, value: object, field: str) -> date | None:
        """Read one date; None when it is missing."""
        written = self.string(value, field)
        if not written:
            return None
        try:
            return date.fromisoformat(written if DATE.fullmatch(written) else "")
        except ValueError:
            message = _("“{date}” is not a date. Write it like this: 2026-10-05.")
            self.fail(field, format_lazy(message, date=_shown(written)))
            return None

    def days(self, value: object, field: str) -> tuple[date, ...]:
        """Read a list of dates."""
        found = (self.day(item, field) for item in self.items(value, field))
        return tuple(day for day in found if day)

    def items(self, value: object, field: str) -> Sequence[object]:
        """Read a list; an empty one when it is missing."""
        if isinstance(value, (list, tuple)):
            return value
        if not _is_missing(value):
            self.fail(field, _("Give a list."))
        return ()


def _is_missing(value: object) -> bool:
    return value is None or value == ""


def _shown(value: str) -> str:
    """Shorten what was typed, so that a message about it stays readable."""
    return value if len(value) <= 40 else f"{value[:40]}…"
