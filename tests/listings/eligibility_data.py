"""Listings for the tests of eligibility: one that no rule finds fault with, and ways to change it."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

from listings.eligibility import Answers, Finding, RuleSet, check

FINE: dict[str, Any] = {
    "organization_kind": "association",
    "organization_names": ("Rannan Ystävät ry",),
    "section": "activity",
    "audience": "immigrants",
    "title": {"fi": "Kielikahvila rannalla", "sv": "Språkkafé på stranden"},
    "summary": {"fi": "Juomme kahvia ja puhumme suomea."},
    "description": {"fi": "Tule mukaan joka maanantai. Puhumme hitaasti ja autamme toisiamme."},
    "forms": ("language_club",),
    "aims": ("interaction",),
    "target_groups": ("everyone",),
    "languages": ("fi", "sv"),
    "language_level": "none",
    "price_kind": "free",
    "participation": "open",
    "schedule_kind": "weekly",
    "volunteering": "none",
    "study": "none",
    "statutory": False,
    "political": False,
    "religious": False,
}
PROFESSIONAL = {"section": "professional", "audience": "professionals"}
FEE = {"price_kind": "fee", "fee_amount": Decimal("5"), "fee_purpose": "participation"}
ONE_DATE = {"schedule_kind": "dates", "dates": (date(2026, 10, 5),)}
TWO_DATES = {"schedule_kind": "dates", "dates": (date(2026, 10, 5), date(2026, 10, 12))}

# The same listing in the data shape of the import and the check command.
FINE_DATA: dict[str, Any] = {
    "id": "test-1",
    "organization": {"name": "Rannan Ystävät ry", "kind": "association", "municipality": "Turku"},
    "section": "activity",
    "audience": "open_to_all",
    "title": {"fi": "Kielikahvila rannalla", "zh-hans": "海滩语言咖啡馆"},
    "summary": {"fi": "Juomme kahvia ja puhumme suomea."},
    "description": {"fi": "Tule mukaan joka maanantai."},
    "forms": ["language_club", "meeting_place"],
    "aims": ["interaction", "networks"],
    "target_groups": ["women"],
    "languages": ["fi", "prs"],
    "language_level": "a1",
    "language_support": {"fi": "Puhumme hitaasti."},
    "price": {"kind": "fee", "amount": "5.50", "purpose": "materials"},
    "participation": "registration",
    "schedule": {"kind": "dates", "dates": ["2026-10-05", "2026-10-12"]},
    "location": {"mode": "onsite", "municipalities": ["Turku"], "venue": "Rukoushuone"},
    "volunteering": "for_participants",
    "study": "liberal_adult_education",
    "statutory": False,
    "political": False,
    "religious": False,
    "contact": {"email": "info@example.org"},
}


def fine_answers(**changes: Any) -> Answers:
    """A listing that breaks no rule, with some answers changed."""
    return Answers(**{**FINE, **changes})


def check_with(changes: dict[str, Any], rule_set: RuleSet | None = None) -> list[Finding]:
    """What the rules say about the fine listing with some answers changed."""
    return check(fine_answers(**changes), rule_set or RuleSet())


def codes_with(changes: dict[str, Any], rule_set: RuleSet | None = None) -> list[str]:
    """The codes of the rules that the changed listing breaks."""
    return [finding.code for finding in check_with(changes, rule_set)]


def data_with(**changes: Any) -> dict[str, Any]:
    """The fine listing as data, with some keys changed."""
    return {**FINE_DATA, **changes}


def as_lines(*listings: object) -> bytes:
    """Listings as the check command reads them: one JSON object a line."""
    return "".join(f"{json.dumps(listing, ensure_ascii=False)}\n" for listing in listings).encode()
