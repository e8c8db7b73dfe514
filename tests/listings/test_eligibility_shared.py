"""The labelled cases and the demonstration listings that lie beside the project, where they do."""

import json
from pathlib import Path

import pytest

from listings.eligibility import RULES, Answers, RuleSet, check, verdict

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
CASES = SHARED / "cases" / "eligibility_dev.jsonl"
DEMO = SHARED / "data" / "demo_listings.jsonl"

pytestmark = pytest.mark.skipif(not (CASES.exists() and DEMO.exists()), reason="the cases are not here")

# These are decided by answers and names alone, without the other texts.
DECIDED = {"organization-kind", "project-as-organization", "right-section", "integration-aim"}


def listings_in(path: Path) -> list[dict]:
    """All listings of a file; an empty file would prove nothing."""
    listings = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(listings) > 80
    return listings


def blocks_and_reviews(listing: dict) -> tuple[str, list[str]]:
    """The verdict and the codes that the check gives."""
    findings = check(Answers.from_data(listing), RuleSet())
    return verdict(findings), [finding.code for finding in findings]


def test_labelled_blocks_are_found_and_no_others():
    for case in listings_in(CASES):
        found, codes = blocks_and_reviews(case)
        assert (found == "block") == (case["expected"]["verdict"] == "block"), case["id"]
        assert set(codes) <= set(case["expected"]["rules"]), case["id"]


def test_labelled_rules_that_need_no_text_are_all_found():
    assert set(RULES) >= DECIDED
    for case in listings_in(CASES):
        expected = DECIDED & set(case["expected"]["rules"])
        assert DECIDED & set(blocks_and_reviews(case)[1]) == expected, case["id"]


def test_demonstration_listings_are_eligible():
    verdicts = {listing["id"]: blocks_and_reviews(listing)[0] for listing in listings_in(DEMO)}
    assert {name for name, found in verdicts.items() if found != "eligible"} == set()
