"""The table of rules and codes: complete, in agreement with the portal's vocabulary, and pure."""

import ast
import sys
from pathlib import Path

import pytest
from django.utils.translation import override

import listings.eligibility
from listings.eligibility import RULES, rule
from listings.eligibility.codes import CODES
from portal import vocabulary

IN_ACTIVITIES_ONLY = {"not-single-event", "volunteering", "integration-aim", "language-access"}


def test_rules_are_those_of_the_vocabulary():
    assert list(RULES) == list(vocabulary.codes("rule"))
    assert len(RULES) == 15


@pytest.mark.parametrize("code", RULES)
@override("en")
def test_rule_has_the_vocabularys_title(code):
    assert str(RULES[code].title) == vocabulary.labels("rule", code)["en"]


@pytest.mark.parametrize("code", RULES)
@override("en")
def test_rule_says_what_it_means_why_and_what_to_do(code):
    texts = [str(text) for text in (RULES[code].meaning, RULES[code].why, RULES[code].what_to_do)]
    assert all(text.endswith(".") for text in texts)
    assert len(set(texts)) == 3


@pytest.mark.parametrize("group", CODES)
def test_codes_are_those_of_the_vocabulary(group):
    assert CODES[group] == vocabulary.codes(group)


def test_sections_of_the_rules():
    assert {code for code, entry in RULES.items() if entry.sections == {"activity"}} == IN_ACTIVITIES_ONLY
    others = [entry for code, entry in RULES.items() if code not in IN_ACTIVITIES_ONLY]
    assert all(entry.sections == {"activity", "professional"} for entry in others)


def test_rule_by_an_unknown_code():
    with pytest.raises(KeyError):
        rule("no-such-rule")


def test_eligibility_knows_neither_database_nor_request_nor_settings():
    allowed = {
        "organizations.registering.project_names",
        "django.utils.text",
        "django.utils.translation",
        "django_stubs_ext",
    }
    imported = set()
    for path in Path(listings.eligibility.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                imported.add(node.module)
    assert "django.utils.translation" in imported
    assert {name for name in imported if name.split(".")[0] not in sys.stdlib_module_names} <= allowed
