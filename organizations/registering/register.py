"""Asks the open register of the Finnish Patent and Registration Office what it knows of a Business ID.

The register helps and never stands in the way: without an address (`BUSINESS_REGISTER_URL`) nothing is asked, and when
it is slow, down or answers what cannot be read, that is an answer too, kept for a minute.
"""

import json
import logging
import time
from dataclasses import asdict, dataclass
from typing import Any

import httpx
from django.conf import settings
from django.core.cache import cache
from rapidfuzz import fuzz

from organizations.models import Organization
from organizations.registering.similar import SIMILAR_ENOUGH, plain_name

CONNECT_SECONDS, READ_SECONDS, ALL_SECONDS = 1.0, 2.0, 3.0
MOST_BYTES = 256 * 1024
KEPT_SECONDS, SILENCE_KEPT_SECONDS = 24 * 60 * 60, 60

# What the register calls the name under which an organization is registered; others are side names.
OWN_NAME = "1"
FINNISH = ("1", "fi")
# A word of the legal form -> kind of organization; the longer words first, because some hold others.
KINDS = (
    ("kuntayhtymä", "joint_municipal_authority"),
    ("osuuskunta", "cooperative"),
    ("evankelis-luterilai", "lutheran_parish"),
    ("ortodoksi", "orthodox_parish"),
    ("uskonnollinen yhdyskunta", "religious_community"),
    ("kauppakamari", "chamber_of_commerce"),
    ("säätiö", "foundation"),
    ("yhdistys", "association"),
    ("osakeyhtiö", "company"),
    ("kommandiittiyhtiö", "company"),
    ("avoin yhtiö", "company"),
    ("toiminimi", "company"),
    ("elinkeinonharjoittaja", "company"),
    ("kunta", "municipality"),
)
# Kinds that are not legal forms: an association or a company can run a school.
ACROSS_FORMS = ("educational_institution", "chamber_of_commerce")

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Entry:
    """What the register says. Without a name it has no such number."""

    name: str = ""
    form: str = ""
    has_ended: bool = False

    @property
    def kind(self) -> str:
        """The kind of organization that the legal form is; empty when it is none or several."""
        return kind_of(self.form)


class NoAnswer(Exception):
    """The register could not be asked, or its answer could not be read."""


def kind_of(form: str) -> str:
    return next((kind for word, kind in KINDS if word in form.casefold()), "")


def is_on() -> bool:
    return bool(settings.BUSINESS_REGISTER_URL)


def look_up(business_id: str) -> Entry | None:
    """What the register says of a Business ID in its usual form; None when it is off or gives no answer."""
    if not is_on() or not business_id:
        return None
    key = f"register:{business_id}"
    known = cache.get(key)
    if known is None:
        known = _ask_politely(business_id)
        cache.set(key, known, KEPT_SECONDS if known else SILENCE_KEPT_SECONDS)
    return Entry(**known) if known else None


def _ask_politely(business_id: str) -> dict[str, Any]:
    """The entry as plain values; an empty one for silence."""
    try:
        return asdict(read_entry(_answer(business_id), business_id))
    except (NoAnswer, httpx.HTTPError, httpx.InvalidURL) as error:
        logger.warning("The business register gives no answer: %s", error or type(error).__name__)
        return {}


def _answer(business_id: str) -> Any:
    """The register's answer as JSON. `NoAnswer` when it is not one, too long, or comes too slowly."""
    until = time.monotonic() + ALL_SECONDS
    timeout = httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS)
    # No redirect is followed, so that nobody but this address is asked.
    with httpx.Client(timeout=timeout, follow_redirects=False, headers={"Accept-Encoding": "identity"}) as client:
        address = f"{settings.BUSINESS_REGISTER_URL}/companies"
        with client.stream("GET", address, params={"businessId": business_id}) as response:
            if response.status_code == httpx.codes.NOT_FOUND:
                return {"companies": []}
            if response.status_code != httpx.codes.OK:
                raise NoAnswer(f"status {response.status_code}")
            content = b""
            for part in response.iter_raw():
                content += part
                if len(content) > MOST_BYTES:
                    raise NoAnswer("the answer is too long")
                if time.monotonic() > until:
                    raise NoAnswer("the answer comes too slowly")
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise NoAnswer("the answer is not JSON") from error


def read_entry(answer: Any, business_id: str) -> Entry:
    """The entry of a Business ID in an answer; `NoAnswer` when the answer has another shape."""
    companies = answer.get("companies") if isinstance(answer, dict) else None
    if not isinstance(companies, list):
        raise NoAnswer("the answer has no list of companies")
    company = next((one for one in _rows(companies) if _number(one) == business_id), None)
    if company is None:
        return Entry()
    names = [row for row in _rows(company.get("names")) if isinstance(row.get("name"), str) and row["name"].strip()]
    if not names:
        raise NoAnswer("the company has no name")
    names.sort(key=lambda row: (bool(row.get("endDate")), str(row.get("type")) != OWN_NAME))
    return Entry(names[0]["name"].strip(), _form(company), bool(company.get("endDate")))


def _rows(value: Any) -> list[dict[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _number(company: dict[str, Any]) -> str:
    number = company.get("businessId")
    return str(number.get("value", "") if isinstance(number, dict) else number)


def _form(company: dict[str, Any]) -> str:
    """The present legal form in Finnish, or in the first language that it is told in."""
    forms = sorted(_rows(company.get("companyForms")), key=lambda row: bool(row.get("endDate")))
    words = [row for form in forms[:1] for row in _rows(form.get("descriptions")) if row.get("description")]
    words.sort(key=lambda row: str(row.get("languageCode")).casefold() not in FINNISH)
    return str(words[0]["description"]).strip() if words else ""


def differs_in_name(organization: Organization) -> bool:
    """Whether the register knows its Business ID under a name that is none of its own."""
    known = plain_name(organization.register_name)
    names = map(plain_name, organization.names.values())
    return bool(known) and all(fuzz.token_sort_ratio(known, name) < SIMILAR_ENOUGH for name in names)


def differs_in_kind(organization: Organization) -> bool:
    """Whether the register knows its Business ID as a kind of organization that it does not say it is."""
    kind = kind_of(organization.register_form)
    return bool(kind) and organization.kind not in (kind, *ACROSS_FORMS)
