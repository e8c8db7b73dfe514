"""What structured answers decide: one small function for each rule, from the answers to a finding or None.

The functions look neither at the section (the rule's `sections` do) nor at any text. An unanswered question
breaks no rule, except where a rule is about having answered: aims, dates, language support.
"""

from collections.abc import Callable

from .answers import Answers
from .codes import ACTIVITY, COMMERCIAL_KINDS, LISTING_KINDS, PROFESSIONAL
from .findings import Finding, Severity
from .rule_sets import RuleSet
from .rules import RULES

StructuredCheck = Callable[[Answers, RuleSet], Finding | None]


def structured_findings(answers: Answers, rule_set: RuleSet) -> list[Finding]:
    """Return the findings that structured answers cause, in the order of the rules."""
    found = (
        STRUCTURED_CHECKS[code](answers, rule_set)
        for code, rule in RULES.items()
        if code in STRUCTURED_CHECKS and rule.applies_in(answers.section)
    )
    return [finding for finding in found if finding]


def _block(code: str, field: str, detail: str = "") -> Finding:
    return Finding(code, Severity.BLOCK, field, detail=detail)


def check_organization_kind(answers: Answers, rule_set: RuleSet) -> Finding | None:
    """Only some kinds of organization may list. A kind that nobody knows may not, either."""
    if answers.organization_kind and answers.organization_kind not in LISTING_KINDS:
        return _block("organization-kind", "organization_kind")
    return None


def check_free_of_charge(answers: Answers, rule_set: RuleSet) -> Finding | None:
    """A company or a cooperative may not take a fee."""
    if answers.organization_kind in COMMERCIAL_KINDS and answers.price_kind == "fee":
        return _block("free-of-charge", "price_kind")
    return None


def check_non_commercial(answers: Answers, rule_set: RuleSet) -> Finding | None:
    """A fee may not aim at profit; a fee above the limit goes to a moderator."""
    # A form can leave an amount or a purpose behind when the price becomes free: then they mean nothing.
    if answers.price_kind != "fee":
        return None
    if answers.fee_purpose == "profit":
        return _block("non-commercial", "fee_purpose", "profit")
    if answers.fee_amount is not None and answers.fee_amount > rule_set.fee_review_limit:
        return Finding("non-commercial", Severity.REVIEW, "fee_amount", detail="fee_above_limit")
    return None


def check_no_referral(answers: Answers, rule_set: RuleSet) -> Finding | None:
    """An authority may not be the only way in."""
    if answers.participation in ("referral", "client_relationship"):
        return _block("no-referral", "participation", answers.participation)
    return None


def check_not_statutory(answers: Answers, rule_set: RuleSet) -> Finding | None:
    """The organization says that the law requires the service."""
    return _block("not-statutory", "statutory") if answers.statutory else None


def check_not_degree_study(answers: Answers, rule_set: RuleSet) -> Finding | None:
    """Neither degrees nor study on a benefit; liberal adult education is fine."""
    if answers.study in ("degree", "self_motivated"):
        return _block("not-degree-study", "study", answers.study)
    return None


def check_not_political(answers: Answers, rule_set: RuleSet) -> Finding | None:
    """The organization says that the activity is political."""
    return _block("not-political", "political") if answers.political else None


def check_not_religious(answers: Answers, rule_set: RuleSet) -> Finding | None:
    """The organization says that the activity is religious."""
    return _block("not-religious", "religious") if answers.religious else None


def check_not_single_event(answers: Answers, rule_set: RuleSet) -> Finding | None:
    """Dates have been chosen, but there are not two of them."""
    if rule_set.single_events_allowed or answers.schedule_kind != "dates":
        return None
    # The same date twice is one occasion.
    days = len(set(answers.dates))
    if days < 2:
        return _block("not-single-event", "dates", "one_date" if days else "no_dates")
    return None


def check_volunteering(answers: Answers, rule_set: RuleSet) -> Finding | None:
    """Other volunteer posts cannot be listed, and supporters' training has its own section."""
    if answers.volunteering in ("general", "supporter_training"):
        return _block("volunteering", "volunteering", answers.volunteering)
    return None


def check_right_section(answers: Answers, rule_set: RuleSet) -> Finding | None:
    """The section and the audience belong together."""
    is_for_professionals = answers.audience == "professionals"
    if answers.section == ACTIVITY and is_for_professionals:
        return _block("right-section", "section", "to_professional")
    if answers.section == PROFESSIONAL and answers.audience and not is_for_professionals:
        return _block("right-section", "section", "to_activity")
    return None


def check_integration_aim(answers: Answers, rule_set: RuleSet) -> Finding | None:
    """At least one aim is chosen."""
    return None if answers.aims else _block("integration-aim", "aims")


def check_language_access(answers: Answers, rule_set: RuleSet) -> Finding | None:
    """An activity open to everyone says how people with little Finnish or Swedish can take part."""
    if answers.audience != "open_to_all" or any(map(_is_written, answers.language_support.values())):
        return None
    return _block("language-access", "language_support")


def _is_written(text: str) -> bool:
    """Tell whether a reader sees anything: spaces and zero-width characters are blank."""
    return any(character.isprintable() and not character.isspace() for character in text)


STRUCTURED_CHECKS: dict[str, StructuredCheck] = {
    "organization-kind": check_organization_kind,
    "free-of-charge": check_free_of_charge,
    "non-commercial": check_non_commercial,
    "no-referral": check_no_referral,
    "not-statutory": check_not_statutory,
    "not-degree-study": check_not_degree_study,
    "not-political": check_not_political,
    "not-religious": check_not_religious,
    "not-single-event": check_not_single_event,
    "volunteering": check_volunteering,
    "right-section": check_right_section,
    "integration-aim": check_integration_aim,
    "language-access": check_language_access,
}
