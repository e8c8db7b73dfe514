"""What eligibility looks at in one listing and its organization, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from .reading import DataError, Problem, Reader

TEXT_FIELDS = ("title", "summary", "description", "language_support", "easy_summary")
# What the data shape calls an answer otherwise
KEYS = {"easy_summary": "easy"}
FLAG_FIELDS = ("statutory", "political", "religious")
CODE_FIELDS = ("section", "audience", "language_level", "participation", "volunteering", "study")


@dataclass(frozen=True)
class Answers:
    """The answers of one listing. Every answer may be missing: empty, or None for the amount and the flags.

    Texts are mappings from language code to text. `fee_amount` is in euros, per person for the whole
    activity. None is taken as the empty value everywhere, and a missing translation is left out.
    """

    organization_kind: str = ""
    organization_names: tuple[str, ...] = ()
    section: str = ""
    audience: str = ""
    title: Mapping[str, str] = field(default_factory=dict)
    summary: Mapping[str, str] = field(default_factory=dict)
    description: Mapping[str, str] = field(default_factory=dict)
    language_support: Mapping[str, str] = field(default_factory=dict)
    easy_summary: Mapping[str, str] = field(default_factory=dict)
    forms: tuple[str, ...] = ()
    aims: tuple[str, ...] = ()
    target_groups: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    language_level: str = ""
    price_kind: str = ""
    fee_amount: Decimal | None = None
    fee_purpose: str = ""
    participation: str = ""
    schedule_kind: str = ""
    dates: tuple[date, ...] = ()
    volunteering: str = ""
    study: str = ""
    statutory: bool | None = None
    political: bool | None = None
    religious: bool | None = None

    def __post_init__(self) -> None:
        # Model columns and forms leave None and lists in several places; the checks read one shape only.
        for name, empty in _EMPTY.items():
            value = getattr(self, name) or empty
            if isinstance(empty, tuple):
                value = tuple(value)
            elif isinstance(empty, dict):
                value = {language: text for language, text in value.items() if text}
            object.__setattr__(self, name, value)

    @classmethod
    def from_data(cls, data: object) -> "Answers":
        """Read one listing in the data shape of the import and the check command.

        Keys that eligibility does not look at are ignored. Raises DataError with all problems found.
        """
        if not isinstance(data, Mapping):
            raise DataError([Problem("", _("A listing is an object with keys and values."))])
        reader = Reader()
        answers = cls(**_read(data, reader))
        reader.finish()
        return answers


# The empty value of each answer that has one; the amount and the flags have None.
_EMPTY: dict[str, Any] = {
    answer.name: {} if answer.name in TEXT_FIELDS else answer.default
    for answer in fields(Answers)
    if answer.default is not None
}


def _read(data: Mapping[str, Any], reader: Reader) -> dict[str, Any]:
    organization = reader.part(data.get("organization"), "organization")
    price = reader.part(data.get("price"), "price")
    schedule = reader.part(data.get("schedule"), "schedule")
    return {
        "organization_kind": reader.code(organization.get("kind"), "organization.kind", "organization_kind"),
        "organization_names": _read_names(organization.get("name"), reader),
        **{key: reader.code(data.get(key), key, key) for key in CODE_FIELDS},
        **{name: reader.texts(data.get(key), key) for name in TEXT_FIELDS for key in (KEYS.get(name, name),)},
        **{key: reader.flag(data.get(key), key) for key in FLAG_FIELDS},
        "forms": reader.codes(data.get("forms"), "forms", "form"),
        "aims": reader.codes(data.get("aims"), "aims", "aim"),
        "target_groups": reader.codes(data.get("target_groups"), "target_groups", "target_group"),
        "languages": reader.languages(data.get("languages"), "languages"),
        "price_kind": reader.code(price.get("kind"), "price.kind", "price"),
        "fee_amount": reader.amount(price.get("amount"), "price.amount"),
        "fee_purpose": reader.code(price.get("purpose"), "price.purpose", "fee_purpose"),
        "schedule_kind": reader.code(schedule.get("kind"), "schedule.kind", "schedule"),
        "dates": reader.days(schedule.get("dates"), "schedule.dates"),
    }


def _read_names(value: object, reader: Reader) -> tuple[str, ...]:
    """Read the organization's name: one text, or a text by language."""
    if isinstance(value, Mapping):
        return tuple(reader.texts(value, "organization.name").values())
    name = reader.string(value, "organization.name")
    return (name,) if name else ()
