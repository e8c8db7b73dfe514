"""What the documents on safety promise is shown by tests that are there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"`(test_\w+\.py)::(test_\w+)`")
# Of ASVS 5.0
CHAPTERS = 17


def known_tests() -> set[tuple[str, str]]:
    return {
        (file.name, name)
        for file in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)\(", file.read_text(encoding="utf-8"), re.MULTILINE)
    }


@pytest.mark.parametrize("name", ["threat-model.md", "asvs.md"])
def test_every_test_that_a_document_names_is_there(name):
    named = NAMED.findall((ROOT / "docs" / name).read_text(encoding="utf-8"))
    assert len(named) > 30
    assert set(named) - known_tests() == set()


def test_every_threat_names_its_test():
    text = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
    threats = [line for line in text.splitlines() if re.match(r"\| [STRIDE] \|", line)]
    assert len(threats) > 40
    assert [line for line in threats if not NAMED.search(line)] == []


def test_every_chapter_of_the_standard_is_judged():
    text = (ROOT / "docs" / "asvs.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| V(\d+) ", text, re.MULTILINE) == [str(number + 1) for number in range(CHAPTERS)]
