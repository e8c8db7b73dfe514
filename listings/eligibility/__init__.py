"""Decides what may be listed: pure functions from a listing's answers to findings, each naming its rule."""

from .answers import Answers
from .checking import ELIGIBLE, check, verdict
from .examples import Example, examples_of
from .findings import Finding, Place, Severity
from .reading import DataError, Problem
from .rule_sets import RuleSet
from .rules import RULES, Rule, rule
from .structured import structured_findings
from .text import text_findings

__all__ = [
    "ELIGIBLE",
    "RULES",
    "Answers",
    "DataError",
    "Example",
    "Finding",
    "Place",
    "Problem",
    "Rule",
    "RuleSet",
    "Severity",
    "check",
    "examples_of",
    "rule",
    "structured_findings",
    "text_findings",
    "verdict",
]
