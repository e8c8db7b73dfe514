"""Reads one listing of the data shape: the organization's facts, the section and the answers of a version."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from listings.eligibility import DataError, Problem
from listings.eligibility.reading import Reader
from listings.models import Listing, Version
from organizations.registering import numbers
from portal.forms import municipalities_by_name
from portal.languages import EASY_LANGUAGES, LISTING_LANGUAGE_CODES, full_language
from portal.models import Language, Municipality

# Missing means that it does not apply.
DEFAULTS = {
    "volunteering": "none",
    "study": "none",
    "statutory": False,
    "political": False,
    "religious": False,
}


@dataclass
class Record:
    """One listing, ready for the actions."""

    external_id: str
    section: str
    names: dict[str, str]
    facts: dict[str, Any]
    answers: dict[str, Any] = field(default_factory=dict)


WEB_ADDRESS = URLValidator(schemes=["http", "https"])
MAIL_ADDRESS = EmailValidator()
LONGEST = {"name": 200, "website": 200, "id": 200}


class Places:
    """Municipalities and languages by what a file may call them; read once for a whole file."""

    def __init__(self) -> None:
        self.municipalities = municipalities_by_name()
        self.languages = set(Language.objects.values_list("pk", flat=True))

    def municipality(self, name: str, key: str, reader: Reader) -> str:
        code = self.municipalities.get(name.strip().casefold())
        if code is None:
            reader.fail(key, format_lazy(_("“{name}” is not a municipality in Finland."), name=name))
        return code or ""


def _known_languages(texts: Mapping[str, str], key: str, reader: Reader) -> dict[str, str]:
    """Texts by the codes of the portal; `zh-Hans` is `zh-hans`."""
    known = {code.lower(): text for code, text in texts.items()}
    for code in known:
        if code not in LISTING_LANGUAGE_CODES:
            reader.fail(f"{key}.{code}", _("Texts cannot be written in this language here."))
    return {code: text for code, text in known.items() if code in LISTING_LANGUAGE_CODES}


def _not_longer(text: str, limit: int | None, key: str, reader: Reader) -> None:
    if limit and len(text) > limit:
        reader.fail(key, format_lazy(_("The text is longer than {limit} signs."), limit=limit))


def _text_lengths(texts: Mapping[str, str], key: str, reader: Reader) -> dict[str, str]:
    limit = Version._meta.get_field(key).max_length
    known = _known_languages(texts, key, reader)
    for code, text in known.items():
        _not_longer(text, limit, f"{key}.{code}", reader)
    return known


def _easy(texts: Mapping[str, str], reader: Reader) -> dict[str, str]:
    """The summary in easy Finnish and easy Swedish, under `fi` and `sv`."""
    known = {full_language(code.lower()): text for code, text in texts.items()}
    for code, text in known.items():
        if code not in EASY_LANGUAGES:
            reader.fail(f"easy.{code}", _("Texts cannot be written in this language here."))
        _not_longer(text, Version.LONGEST_EASY_SUMMARY, f"easy.{code}", reader)
    return known


def _time(value: object, key: str, reader: Reader) -> time | None:
    written = reader.string(value, key)
    if not written:
        return None
    try:
        moment = time.fromisoformat(written)
        if moment.tzinfo is None:
            return moment
        raise ValueError(written)
    except ValueError:
        reader.fail(key, format_lazy(_("“{time}” is not a time. Write it like this: 17:30"), time=written))
        return None


def _checked(value: object, key: str, validator: Any, reader: Reader) -> str:
    """A text that a validator of the forms accepts, so that no import brings in what a form refuses."""
    text = reader.string(value, key)
    if text:
        try:
            validator(text)
        except ValidationError as error:
            reader.fail(key, " ".join(error.messages))
            return ""
    return text


def _number(read: Any, value: object, key: str, reader: Reader) -> str:
    try:
        return read(reader.string(value, key))
    except ValidationError as error:
        reader.fail(key, " ".join(error.messages))
        return ""


def read_record(data: object, places: Places) -> Record:
    """Read one object of the file. Raises `DataError` with all problems found."""
    if not isinstance(data, Mapping):
        raise DataError([Problem("", _("A listing is an object with keys and values."))])
    reader = Reader()
    organization = reader.part(data.get("organization"), "organization")
    home = reader.string(organization.get("municipality"), "organization.municipality")
    name = organization.get("name")
    names = reader.texts(name, "organization.name") if isinstance(name, Mapping) else {}
    if isinstance(name, str) and (one := reader.string(name, "organization.name")):
        names = {"fi": one}
    names = _known_languages(names, "organization.name", reader)
    facts = {
        "kind": reader.code(organization.get("kind"), "organization.kind", "organization_kind"),
        "business_id": _number(
            numbers.business_id, organization.get("business_id"), "organization.business_id", reader
        ),
        "municipality": None,
        "website": _checked(organization.get("website"), "organization.website", WEB_ADDRESS, reader),
    }
    if home and (code := places.municipality(home, "organization.municipality", reader)):
        facts["municipality"] = Municipality(pk=code)
    for key, missing in (("name", not names), ("kind", not facts["kind"]), ("municipality", not home)):
        if missing:
            reader.fail(f"organization.{key}", _("This is missing."))
    record = Record(
        external_id=reader.string(data.get("id"), "id"),
        section=reader.code(data.get("section"), "section", "section") or Listing.ACTIVITY,
        names=names,
        facts=facts,
        answers=_answers(data, places, reader),
    )
    if not record.external_id:
        reader.fail("id", _("This is missing."))
    _not_longer(record.external_id, LONGEST["id"], "id", reader)
    _not_longer(facts["website"], LONGEST["website"], "organization.website", reader)
    for name in names.values():
        _not_longer(name, LONGEST["name"], "organization.name", reader)
    reader.finish()
    return record


def _answers(data: Mapping[str, Any], places: Places, reader: Reader) -> dict[str, Any]:
    answers: dict[str, Any] = {
        key: _text_lengths(reader.texts(data.get(key), key), key, reader) for key in Version.TEXT_FIELDS
    }
    answers["easy_summary"] = _easy(reader.texts(data.get("easy"), "easy"), reader)
    for key in ("audience", "language_level", "participation", "volunteering", "study", "welcome"):
        answers[key] = reader.code(data.get(key), key, key)
    for key in ("statutory", "political", "religious", "childcare", "accessible", "discreet"):
        answers[key] = reader.flag(data.get(key), key)
    for key, group in (("forms", "form"), ("aims", "aim"), ("target_groups", "target_group")):
        answers[key] = list(reader.codes(data.get(key), key, group))
    answers["languages"] = _languages(data, places, reader)
    for key, default in DEFAULTS.items():
        if answers[key] in (None, ""):
            answers[key] = default
    answers |= {key: bool(answers[key]) for key in ("childcare", "accessible")}
    answers["is_discreet"] = bool(answers.pop("discreet"))
    return (
        answers | _price(data, reader) | _schedule(data, reader) | _place(data, places, reader) | _contact(data, reader)
    )


def _languages(data: Mapping[str, Any], places: Places, reader: Reader) -> list[str]:
    found = []
    for code in reader.languages(data.get("languages"), "languages"):
        # `zh-Hans` is known as `zh`: what is spoken has no script.
        known = code if code in places.languages else code.split("-")[0]
        if known in places.languages:
            found.append(known)
        else:
            reader.fail("languages", format_lazy(_("“{code}” is not a known language."), code=code))
    return found


def _price(data: Mapping[str, Any], reader: Reader) -> dict[str, Any]:
    price = reader.part(data.get("price"), "price")
    return {
        "price_kind": reader.code(price.get("kind"), "price.kind", "price"),
        "fee_amount": reader.amount(price.get("amount"), "price.amount"),
        "fee_purpose": reader.code(price.get("purpose"), "price.purpose", "fee_purpose"),
    }


def _schedule(data: Mapping[str, Any], reader: Reader) -> dict[str, Any]:
    schedule = reader.part(data.get("schedule"), "schedule")
    days: tuple[date, ...] = reader.days(schedule.get("dates"), "schedule.dates")
    return {
        "schedule_kind": reader.code(schedule.get("kind"), "schedule.kind", "schedule"),
        "weekdays": list(reader.codes(schedule.get("weekdays"), "schedule.weekdays", "weekday")),
        "dates": sorted({day.isoformat() for day in days}),
        "starts": _time(schedule.get("starts"), "schedule.starts", reader),
        "ends": _time(schedule.get("ends"), "schedule.ends", reader),
        "first_date": reader.day(schedule.get("from"), "schedule.from"),
        "last_date": reader.day(schedule.get("until"), "schedule.until"),
    }


def _place(data: Mapping[str, Any], places: Places, reader: Reader) -> dict[str, Any]:
    location = reader.part(data.get("location"), "location")
    names = reader.items(location.get("municipalities"), "location.municipalities")
    written = [reader.string(name, "location.municipalities") for name in names]
    codes = [places.municipality(name, "location.municipalities", reader) for name in written if name]
    postal_code = reader.string(location.get("postal_code"), "location.postal_code")
    if postal_code and not (len(postal_code) == 5 and postal_code.isascii() and postal_code.isdigit()):
        reader.fail("location.postal_code", _("A postal code has five digits."))
    return {
        "location_mode": reader.code(location.get("mode"), "location.mode", "location_mode"),
        "municipalities": [code for code in codes if code],
        "venue": reader.string(location.get("venue"), "location.venue")[:200],
        "address": reader.string(location.get("address"), "location.address")[:200],
        "postal_code": postal_code,
    }


def _contact(data: Mapping[str, Any], reader: Reader) -> dict[str, Any]:
    contact = reader.part(data.get("contact"), "contact")
    limits = {"name": 120, "email": 254, "phone": 40, "url": 400}
    found = {}
    for key, limit in limits.items():
        text = reader.string(contact.get(key), f"contact.{key}")
        _not_longer(text, limit, f"contact.{key}", reader)
        found[f"contact_{key}"] = text
    _checked(found["contact_email"], "contact.email", MAIL_ADDRESS, reader)
    _checked(found["contact_url"], "contact.url", WEB_ADDRESS, reader)
    return found
