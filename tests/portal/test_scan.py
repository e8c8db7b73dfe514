"""What `make scan` says: a planted key is found, and a database that was not reached is no good news."""

import json

import pytest

from scripts.scan import FOUND, UNKNOWN, WELL, judged, secrets, tracked_files

# Put together here, so that this file has no key in it.
KEYS = {
    "private": "-----BEGIN RSA " + "PRIVATE KEY-----",
    "token": "token: ghp_" + "gH1jK2mN3p" * 3 + "q4R5s6",
    "address": "postgres://portal:" + "h4rdT0Guess@db.example.org/portal",
}


@pytest.mark.parametrize("name", list(KEYS))
def test_planted_key_is_found(tmp_path, name):
    (tmp_path / "note.md").write_text(f"Text.\n{KEYS[name]}\n")
    result = secrets(["note.md"], tmp_path)
    assert result.status == FOUND
    assert result.lines[0].startswith("note.md:2: ")


def test_example_of_an_address_is_no_secret(tmp_path):
    (tmp_path / "note.md").write_text("DATABASE_URL=postgres://user:password@host:5432/name\n")
    assert secrets(["note.md"], tmp_path).status == WELL


def test_settings_and_documents_are_read():
    assert {"portal/settings/safety.py", "docs/operating.md", "scripts/scan"} <= set(tracked_files())


def answer(*rows: dict) -> str:
    return json.dumps({"dependencies": list(rows), "fixes": []})


GOOD = {"name": "django", "version": "5.2.1", "vulns": []}
BAD = {"name": "pillow", "version": "1.0", "vulns": [{"id": "PYSEC-2020-1"}]}
NOT_KNOWN = {"name": "celery", "skip_reason": "Dependency not found on PyPI and could not be audited"}


@pytest.mark.parametrize(
    ("rows", "status"),
    [((GOOD,), WELL), ((GOOD, BAD), FOUND), ((BAD, NOT_KNOWN), FOUND), ((GOOD, NOT_KNOWN), UNKNOWN), ((), UNKNOWN)],
)
def test_package_that_was_not_looked_up_is_not_called_well(rows, status):
    result = judged(answer(*rows))
    assert result.status == status
    assert any("NOT LOOKED UP" in line for line in result.lines) == (NOT_KNOWN in rows)


def test_audit_without_an_answer_is_not_a_pass():
    result = judged("", "Traceback\nConnectionError: no route")
    assert (result.status, result.lines) == (
        UNKNOWN,
        ["NOT LOOKED UP, no database was reached: ConnectionError: no route"],
    )
