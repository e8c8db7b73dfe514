"""The examples of the public guide: the check decides each of them as the guide says, in each language it reads."""

from decimal import Decimal

import pytest

from listings.eligibility import ELIGIBLE, RULES, Example, RuleSet, check, examples_of, verdict
from listings.eligibility.examples import EXAMPLES

ALL = [(code, example) for code, examples in EXAMPLES.items() for example in examples]
NAMES = [f"{code}-{number}" for number, (code, _example) in enumerate(ALL)]


def outcomes(code: str) -> list[str]:
    return [example.outcome for example in EXAMPLES[code]]


def test_every_rule_has_examples_of_each_side():
    assert list(EXAMPLES) == list(RULES)
    for code in RULES:
        fitting = outcomes(code).count(ELIGIBLE)
        assert 2 <= fitting <= 4, code
        assert 2 <= len(outcomes(code)) - fitting <= 4, code


def test_every_outcome_that_a_rule_can_have_is_shown():
    for code, rule in RULES.items():
        assert ("block" in outcomes(code)) == rule.can_block, code
        assert ("review" in outcomes(code)) == rule.can_review, code


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize(("code", "example"), ALL, ids=NAMES)
def test_example_is_decided_as_the_guide_says(code: str, example: Example, language: str):
    listing = example.listing(language)
    findings = check(listing, RuleSet())
    assert verdict(findings) == example.outcome, listing.description
    assert [finding.code for finding in findings] == ([] if example.outcome == ELIGIBLE else [code])


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_example_is_written_in_its_language(language):
    """Untranslated texts would go through the check in English and prove nothing."""
    untranslated = [
        text
        for _code, example in ALL
        for text in example.listing(language).description.values()
        if text == example.listing("en").description["en"]
    ]
    assert untranslated == []


def test_example_that_other_limits_decide_otherwise_is_left_out():
    assert examples_of("non-commercial", RuleSet()) == list(EXAMPLES["non-commercial"])
    generous = examples_of("non-commercial", RuleSet(fee_review_limit=Decimal(500)))
    assert [one for one in EXAMPLES["non-commercial"] if one not in generous] == [
        one for one in EXAMPLES["non-commercial"] if one.answers.get("fee_amount") == 120
    ]
    allowed = examples_of("not-single-event", RuleSet(single_events_allowed=True))
    assert "block" not in [one.outcome for one in allowed]
