"""A rule set is one edition of the rules: its version, its first day, its limits and its switches."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

# Raise the version when a rule in `rules.py` or a check changes what it decides: every decision stores the
# version it was made under, so that it can be read later against the rules of its own time.
CURRENT_VERSION = "2026.1"
CURRENT_VALID_FROM = date(2026, 1, 1)

DEFAULT_FEE_REVIEW_LIMIT = Decimal("50")


@dataclass(frozen=True)
class RuleSet:
    """One edition of the rules.

    `fee_review_limit` is in euros, per person and for the whole activity: a fee above it goes to a moderator.
    `single_events_allowed` lets a single event for immigrants be listed.
    """

    version: str = CURRENT_VERSION
    valid_from: date = CURRENT_VALID_FROM
    fee_review_limit: Decimal = DEFAULT_FEE_REVIEW_LIMIT
    single_events_allowed: bool = False
