"""Says which rule set holds on a day: the one place where eligibility meets the settings.

An edition of the rules has a limit and a switch of its own; the operator's settings go before them in every edition.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from listings.eligibility.rule_sets import RULE_SETS, RuleSet


def _fee_review_limit(configured: object) -> Decimal:
    try:
        limit = Decimal(str(configured))
    except InvalidOperation:
        limit = Decimal("NaN")
    if not limit.is_finite() or limit < 0:
        raise ImproperlyConfigured(f"ELIGIBILITY_FEE_REVIEW_LIMIT is not an amount in euros: {configured!r}")
    return limit


def _with_settings(edition: RuleSet) -> RuleSet:
    """The edition as the operator has set it; what the settings leave out is the edition's own."""
    limit = getattr(settings, "ELIGIBILITY_FEE_REVIEW_LIMIT", None)
    single_events_allowed = getattr(settings, "ELIGIBILITY_SINGLE_EVENTS_ALLOWED", None)
    changes: dict[str, Any] = {}
    if limit is not None:
        changes["fee_review_limit"] = _fee_review_limit(limit)
    if single_events_allowed is not None:
        changes["single_events_allowed"] = bool(single_events_allowed)
    return replace(edition, **changes)


def _edition_on(day: date) -> RuleSet:
    # Before the first day of all, the first edition is the nearest thing to a rule.
    return max(
        (one for one in RULE_SETS if one.valid_from <= day),
        key=lambda one: one.valid_from,
        default=min(RULE_SETS, key=lambda one: one.valid_from),
    )


def current_rule_set(on: date | None = None) -> RuleSet:
    """Return the edition in force on a day (today in Finland, when none is named), with the settings.

    Raises ImproperlyConfigured when ELIGIBILITY_FEE_REVIEW_LIMIT is not an amount in euros.
    """
    return _with_settings(_edition_on(on or timezone.localdate()))


def rule_set_of(version: str) -> RuleSet | None:
    """Return the edition of this version, in force or not, with the settings; None when there is no such edition."""
    return next((_with_settings(one) for one in RULE_SETS if one.version == version), None)


def editions() -> Iterator[tuple[RuleSet, bool]]:
    """Give every edition as it was made, the newest first, each with whether it is the one in force."""
    in_force = _edition_on(timezone.localdate())
    for one in sorted(RULE_SETS, key=lambda edition: edition.valid_from, reverse=True):
        yield one, one is in_force
