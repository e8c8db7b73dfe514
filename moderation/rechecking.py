"""What the rules say about a published listing now, and what of it no moderator has accepted yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from listings.answers import answers_for_rules
from listings.eligibility import Finding, RuleSet, Severity, check
from listings.models import Version
from listings.rule_set import current_rule_set, rule_set_of
from moderation.models import Decision

# A block weighs more than a review: who accepted a review has not accepted a block.
_WEIGHT = {"": 0, Severity.REVIEW.value: 1, Severity.BLOCK.value: 2}

# A finding by its rule's code, with its severity.
Accepted = Mapping[str, str]


@dataclass(frozen=True)
class Difference:
    """What is `new` beside what a moderator has accepted, and the codes of what is `gone`."""

    new: tuple[Finding, ...]
    gone: tuple[str, ...]


def findings_under(rule_set: RuleSet, version: Version) -> list[Finding]:
    """What the rules of an edition say about a version, without advice."""
    found = check(answers_for_rules(version), rule_set)
    return [finding for finding in found if finding.severity != Severity.ADVICE]


def accepted_findings(listings: Iterable[int]) -> dict[int, Accepted]:
    """By listing, what its last moderator accepted when they published it or kept it after a re-check.

    A version that was published without a decision differs from the decided one before it by time, place or contact
    alone, or the rules found nothing in it, so what was accepted there holds. A listing that nobody has decided on is
    not in the answer.
    """
    decisions = Decision.objects.filter(version__listing__in=listings, outcome__in=Decision.ACCEPTING)
    rows = decisions.order_by("at", "pk").values_list("version__listing", "findings")
    return {listing: {one["code"]: one["severity"] for one in findings} for listing, findings in rows}


def compare(findings: Iterable[Finding], accepted: Accepted) -> Difference:
    """Tell what the rules find beside what has been accepted. A finding that became graver is new."""
    found = {finding.code: finding for finding in findings}
    new = tuple(
        finding
        for finding in found.values()
        if _WEIGHT[finding.severity.value] > _WEIGHT[accepted.get(finding.code, "")]
    )
    return Difference(new, tuple(code for code in accepted if code not in found))


def rule_set_for(version: str) -> RuleSet:
    """The edition under which a re-check is answered: the one it was opened for, or a newer one in force by now."""
    now = current_rule_set()
    return max(now, rule_set_of(version) or now, key=lambda edition: edition.valid_from)
