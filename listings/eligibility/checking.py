"""Puts the findings of structured answers and of text together: one for each rule, in the rules' order."""

from collections.abc import Iterable

from .answers import Answers
from .findings import Finding, Severity
from .rule_sets import RuleSet
from .rules import RULES
from .structured import structured_findings
from .text import text_findings

ELIGIBLE = "eligible"


def check(answers: Answers, rule_set: RuleSet) -> list[Finding]:
    """Return what the rules say about a listing: at most one finding a rule, with its worst severity."""
    found = {finding.code: finding for finding in structured_findings(answers, rule_set)}
    for seen in text_findings(answers):
        # A structured finding is at least a review and text is never more, so where there are both, the
        # structured one is the worst: it keeps its message and gains the places.
        structured = found.get(seen.code)
        found[seen.code] = structured.with_places(seen.places) if structured else seen
    return [found[code] for code in RULES if code in found]


def verdict(findings: Iterable[Finding]) -> str:
    """Return the worst severity found as "block" or "review", else "eligible": advice does not count."""
    severities = {finding.severity for finding in findings}
    for severity in (Severity.BLOCK, Severity.REVIEW):
        if severity in severities:
            return severity.value
    return ELIGIBLE
