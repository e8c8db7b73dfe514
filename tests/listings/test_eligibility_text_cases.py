"""The labelled cases of the text screening: every file under `cases` is decided exactly as it says."""

import json
from pathlib import Path

import pytest

from listings.eligibility import Answers, RuleSet, check, verdict
from listings.eligibility.scoring import Score

FOLDER = Path(__file__).parent / "cases"
FILES = sorted(FOLDER.glob("text_*.jsonl"))


def cases_in(path: Path) -> list[dict]:
    """All cases of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


# Labelled by others; they lie beside the project, where they do.
SHARED = Path(__file__).resolve().parents[3] / "shared" / "cases" / "eligibility_dev.jsonl"

ALL = [case for path in FILES for case in cases_in(path)]


def test_cases_cover_the_rules_the_languages_and_traps():
    assert len(ALL) >= 150
    assert len({case["id"] for case in ALL}) == len(ALL)
    assert sum(case["expected"]["verdict"] == "eligible" for case in ALL) >= len(ALL) / 4
    assert {language for case in ALL for language in case["description"]} >= {"fi", "sv", "en"}
    assert {rule for case in ALL for rule in case["expected"]["rules"]} >= {
        "free-of-charge",
        "non-commercial",
        "no-referral",
        "not-statutory",
        "not-degree-study",
        "not-political",
        "not-religious",
        "equal-treatment",
        "not-single-event",
        "volunteering",
        "language-access",
    }


@pytest.mark.parametrize("case", ALL, ids=[case["id"] for case in ALL])
def test_case_is_decided_as_labelled(case):
    findings = check(Answers.from_data(case), RuleSet())
    assert {finding.code for finding in findings} == set(case["expected"]["rules"])
    assert verdict(findings) == case["expected"]["verdict"]


@pytest.mark.parametrize("case", ALL, ids=[case["id"] for case in ALL])
def test_findings_tell_the_exact_words(case):
    for finding in check(Answers.from_data(case), RuleSet()):
        for place in finding.places:
            text = case[place.field][place.language]
            assert place.words
            assert all(words in text for words in place.words)


@pytest.mark.skipif(not SHARED.exists(), reason="the cases are not here")
def test_shared_cases_are_nearly_all_decided_as_labelled():
    score = Score()
    for case in cases_in(SHARED):
        findings = check(Answers.from_data(case), RuleSet())
        expected = (case["expected"]["verdict"], case["expected"]["rules"])
        score.add(case["id"], expected, (verdict(findings), [finding.code for finding in findings]))
    assert score.right_verdicts >= 0.97 * score.cases, score.differences
    assert score.exact >= 0.95 * score.cases, score.differences
