"""The check command: its lines, its errors, its comparison with labelled cases, and the settings it reads."""

import io
import json
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from listings.eligibility import RuleSet
from listings.rule_set import current_rule_set

from .eligibility_data import as_lines, data_with

FINE = data_with(id="fine")
BLOCKED = data_with(id="blocked", participation="referral", aims=[])
PROJECT = data_with(id="project", organization={"name": "Arki-hanke", "kind": "foundation"})


@pytest.fixture
def listings_file(tmp_path):
    """Write lines into a file and return its name."""

    def write(content: bytes) -> str:
        path = tmp_path / "listings.jsonl"
        path.write_bytes(content)
        return str(path)

    return write


def run(file: str, *options: str) -> tuple[list[str], str, str]:
    """Run the command: its lines, its errors, and how it failed ("" when it did not)."""
    out, err, failure = io.StringIO(), io.StringIO(), ""
    try:
        call_command("check_listings", file, *options, stdout=out, stderr=err)
    except CommandError as error:
        failure = str(error)
    return out.getvalue().splitlines(), err.getvalue(), failure


def test_json_is_one_object_a_line(listings_file):
    lines, errors, failure = run(listings_file(as_lines(FINE, BLOCKED, PROJECT)), "--format", "json")
    fine, blocked, project = map(json.loads, lines)
    assert fine == {"id": "fine", "verdict": "eligible", "rules": [], "findings": []}
    assert (blocked["verdict"], blocked["rules"]) == ("block", ["no-referral", "integration-aim"])
    assert project == {
        "id": "project",
        "verdict": "review",
        "rules": ["project-as-organization"],
        "findings": [
            {
                "code": "project-as-organization",
                "severity": "review",
                "field": "organization_names",
                "language": None,
                "words": ["Arki-hanke"],
            }
        ],
    }
    assert (errors, failure) == ("", "")


def test_text_is_a_readable_line_a_listing(listings_file):
    lines, errors, failure = run(listings_file(as_lines(FINE, BLOCKED, PROJECT)))
    assert lines == [
        "fine: eligible",
        "blocked: block - no-referral (block), integration-aim (block)",
        "project: review - project-as-organization (review: Arki-hanke)",
    ]
    assert (errors, failure) == ("", "")


def test_standard_input_is_read(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(as_lines(FINE))))
    assert run("-")[0] == ["fine: eligible"]
    assert not sys.stdin.buffer.closed


def test_unreadable_lines_are_told_and_the_rest_is_checked(listings_file):
    content = b"".join(
        [
            b"\xef\xbb\xbf" + as_lines(FINE),
            b"\n",
            b"{not json\n",
            as_lines(data_with(id="wrong", section="x", study="y")),
            '{"id": "latin", "title": {"fi": "kävely"}}\n'.encode("latin-1"),
            b"[" * 100_000 + b"\n",
            b'{"id": "\\ud800", "section": 5}\n',
            as_lines(BLOCKED).strip(),
        ]
    )
    lines, errors, failure = run(listings_file(content), "--format", "json")
    results = [json.loads(line) for line in lines]
    assert [result["verdict"] for result in results] == ["eligible", *["unreadable"] * 5, "block"]
    assert [result["id"] for result in results][1:4] == [None, "wrong", None]
    assert (results[2]["rules"], results[2]["findings"]) == ([], [])
    assert [error.split(":")[0] for error in results[2]["errors"]] == ["section", "study"]
    for number in (3, 4, 5, 6, 7):
        assert f"Line {number}: " in errors
    assert failure == "Lines that could not be read: 5."


def test_unreadable_lines_in_text(listings_file):
    lines, errors, failure = run(listings_file(b'{"id": "\\ud800", "section": 5}\n[]\n'))
    assert lines == ["\\ud800: unreadable", "line 2: unreadable"]
    assert "Line 1: section: " in errors
    assert failure == "Lines that could not be read: 2."


def test_missing_file_is_an_error(tmp_path: Path):
    lines, _, failure = run(str(tmp_path / "nothing.jsonl"))
    assert lines == []
    assert "nothing.jsonl" in failure


def test_expected_compares_verdicts_and_rules(listings_file):
    cases = as_lines(
        {**FINE, "expected": {"verdict": "eligible", "rules": []}},
        {**BLOCKED, "expected": {"verdict": "block", "rules": ["no-referral", "not-statutory"]}},
        {**PROJECT, "expected": {"verdict": "eligible", "rules": []}},
        {**FINE, "id": "wrong", "section": "x", "expected": {"verdict": "eligible", "rules": []}},
        {**FINE, "id": "unlabelled"},
    )
    lines, _, _ = run(listings_file(cases), "--expected")
    report = [" ".join(line.split()) for line in lines[5:]]
    assert report == [
        "rule expected found right precision recall",
        "project-as-organization 0 1 0 0.00 -",
        "no-referral 1 1 1 1.00 1.00",
        "not-statutory 1 0 0 - 0.00",
        "integration-aim 0 1 0 0.00 -",
        "all 2 3 1 0.33 0.50",
        "right verdicts: 2 of 4 (50.0%)",
        "exact rule sets: 2 of 4 (50.0%)",
        "verdicts, expected -> found:",
        "block -> block: 1",
        "eligible -> eligible: 1",
        "eligible -> review: 1",
        "eligible -> unreadable: 1",
        "differences:",
        "blocked: block -> block, missing not-statutory, extra integration-aim",
        "project: eligible -> review, missing none, extra project-as-organization",
        "wrong: eligible -> unreadable, missing none, extra none",
    ]


def test_expected_leaves_json_clean(listings_file):
    content = as_lines({**FINE, "expected": {"verdict": "eligible", "rules": []}})
    lines, errors, _ = run(listings_file(content), "--format", "json", "--expected")
    assert [json.loads(line)["verdict"] for line in lines] == ["eligible"]
    assert "right verdicts: 1 of 1" in errors


def test_expected_without_labels_says_so(listings_file):
    assert run(listings_file(as_lines(FINE)), "--expected")[0][1:] == ["No line says what is expected."]


def test_limits_come_from_the_settings(listings_file, settings):
    content = as_lines(data_with(id="one", schedule={"kind": "dates", "dates": ["2026-10-05"]}))
    assert run(listings_file(content))[0] == ["one: block - not-single-event (block)"]
    settings.ELIGIBILITY_SINGLE_EVENTS_ALLOWED = True
    settings.ELIGIBILITY_FEE_REVIEW_LIMIT = "5.49"
    assert run(listings_file(content))[0] == ["one: review - non-commercial (review)"]


def test_rule_set_without_settings_has_the_defaults(settings):
    del settings.ELIGIBILITY_FEE_REVIEW_LIMIT
    del settings.ELIGIBILITY_SINGLE_EVENTS_ALLOWED
    assert current_rule_set() == RuleSet()
    assert RuleSet().fee_review_limit == Decimal("50")


@pytest.mark.parametrize("limit", ["fifty", "NaN", "-1", ""])
def test_rule_set_with_a_limit_that_is_no_amount(settings, limit):
    settings.ELIGIBILITY_FEE_REVIEW_LIMIT = limit
    with pytest.raises(ImproperlyConfigured):
        current_rule_set()
