"""Says which rule set holds now: the one place where eligibility meets the settings."""

from decimal import Decimal, InvalidOperation

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from listings.eligibility.rule_sets import DEFAULT_FEE_REVIEW_LIMIT, RuleSet


def current_rule_set() -> RuleSet:
    """Return the rule set with the limits and switches of the settings.

    Raises ImproperlyConfigured when ELIGIBILITY_FEE_REVIEW_LIMIT is not an amount in euros.
    """
    configured = getattr(settings, "ELIGIBILITY_FEE_REVIEW_LIMIT", DEFAULT_FEE_REVIEW_LIMIT)
    try:
        limit = Decimal(str(configured))
    except InvalidOperation:
        limit = Decimal("NaN")
    if not limit.is_finite() or limit < 0:
        raise ImproperlyConfigured(f"ELIGIBILITY_FEE_REVIEW_LIMIT is not an amount in euros: {configured!r}")
    return RuleSet(
        fee_review_limit=limit,
        single_events_allowed=bool(getattr(settings, "ELIGIBILITY_SINGLE_EVENTS_ALLOWED", False)),
    )
