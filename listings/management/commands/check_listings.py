"""Checks listings in a file against the rules, one JSON object a line, without a database."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError, OutputWrapper

from listings.eligibility import Answers, DataError, Finding, RuleSet, Severity, check, verdict
from listings.eligibility.scoring import Score
from listings.rule_set import current_rule_set

UNREADABLE = "unreadable"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Command(BaseCommand):
    """`manage.py check_listings FILE`: what the rules say about each listing in a file."""

    help = (
        "Check listings against the rules: one JSON object a line, - for standard input. A line that "
        "cannot be read is told on standard error; the command goes on and exits 1 at the end."
    )
    # It runs on any machine, also before there is a database.
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Define the file, the format and the comparison."""
        parser.add_argument("file", help="a file of listings, or - for standard input")
        parser.add_argument("--format", choices=("text", "json"), default="text")
        parser.add_argument(
            "--expected",
            action="store_true",
            help="compare with what the lines expect; the report goes to standard error with --format json",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a line for each listing, then the report, then fail if a line could not be read."""
        is_json = options["format"] == "json"
        rule_set = current_rule_set()
        score = Score()
        unreadable = 0
        with _open(options["file"]) as file:
            for number, line in _numbered_lines(file):
                data, findings, errors = _check(line, rule_set)
                result = _result(data, findings, errors)
                if errors:
                    unreadable += 1
                    self.stderr.write(f"Line {number}: {' '.join(errors)}")
                _count(score, number, data, result)
                # JSON is escaped, so that the line is whole and writable in every terminal encoding.
                self.stdout.write(json.dumps(result) if is_json else _as_text(number, result))
        if options["expected"]:
            # With JSON, standard output stays one object a line.
            self._report(score, self.stderr if is_json else self.stdout)
        if unreadable:
            raise CommandError(f"Lines that could not be read: {unreadable}.")

    def _report(self, score: Score, output: OutputWrapper) -> None:
        for line in score.lines():
            output.write(line, style_func=str)


def _open(name: str) -> AbstractContextManager[BinaryIO]:
    # Bytes, so that a line in another encoding is one unreadable line and not the end of the run.
    if name == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(name).open("rb")
    except OSError as error:
        raise CommandError(f"The file cannot be opened: {name} ({error.strerror}).") from error


def _numbered_lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    for number, line in enumerate(file, start=1):
        content = line.removeprefix(BYTE_ORDER_MARK).strip()
        if content:
            yield number, content


def _check(line: bytes, rule_set: RuleSet) -> tuple[object, list[Finding], list[str]]:
    """Return the line's data, its findings, and why it could not be read."""
    data: object = None
    try:
        data = json.loads(line)
        return data, check(Answers.from_data(data), rule_set), []
    except DataError as error:
        return data, [], [str(problem) for problem in error.problems]
    except (ValueError, RecursionError) as error:
        return data, [], [f"This is not JSON: {error}."]


def _result(data: object, findings: list[Finding], errors: list[str]) -> dict[str, Any]:
    result = {
        "id": data.get("id") if isinstance(data, dict) else None,
        "verdict": UNREADABLE if errors else verdict(findings),
        "rules": [finding.code for finding in findings if finding.severity != Severity.ADVICE],
        "findings": [
            {
                "code": finding.code,
                "severity": finding.severity.value,
                "field": finding.field,
                "language": finding.language,
                "words": list(finding.words),
            }
            for finding in findings
        ],
    }
    return {**result, "errors": errors} if errors else result


def _count(score: Score, number: int, data: object, result: dict[str, Any]) -> None:
    """Compare with what the line expects, if it expects anything. An unreadable line is a wrong one."""
    expected = data.get("expected") if isinstance(data, dict) else None
    if isinstance(expected, dict):
        codes = expected.get("rules")
        wanted = [str(code) for code in codes] if isinstance(codes, list) else []
        score.add(
            _name(number, result),
            (str(expected.get("verdict")), wanted),
            (result["verdict"], result["rules"]),
        )


def _name(number: int, result: dict[str, Any]) -> str:
    """Return the listing's id as a terminal can show it, or the number of its line."""
    name = f"line {number}" if result["id"] is None else str(result["id"])
    return name.encode(errors="backslashreplace").decode()


def _as_text(number: int, result: dict[str, Any]) -> str:
    """Return "id: verdict - rule (severity: words), rule (severity)"."""
    line = f"{_name(number, result)}: {result['verdict']}"
    rules = []
    for finding in result["findings"]:
        words = ", ".join(finding["words"])
        rules.append(f"{finding['code']} ({finding['severity']}{f': {words}' if words else ''})")
    return f"{line} - {', '.join(rules)}" if rules else line
