"""Imports listings from a file with one JSON object a line. Can run again: what is here already is skipped."""

import json
import sys
from argparse import ArgumentParser
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone
from tqdm import tqdm

from listings.imports import Importer, Line
from organizations.models import User

# The Monday of the week in which the dates of the demo data are meant to be read.
DEMO_WEEK = date(2026, 9, 21)


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="path of the file, or - for standard input")
        parser.add_argument("--publish", action="store_true", help="publish at once (for demo data)")
        parser.add_argument(
            "--move-dates", action="store_true", help="move the dates of demo data to today, by whole weeks"
        )
        parser.add_argument("--by", metavar="E-MAIL", help="the account that acts; else the portal's own")

    def handle(self, *args: Any, **options: Any) -> None:
        importer = Importer(
            by=self._actor(options["by"]),
            publish=options["publish"],
            move_days=_days_since_demo_week() if options["move_dates"] else 0,
        )
        lines = self._lines(options["file"])
        counts: Counter[str] = Counter()
        for number, text in enumerate(tqdm(lines, unit="listing", disable=not sys.stderr.isatty()), 1):
            if text.strip():
                line = self._import(importer, text)
                counts[line.outcome] += 1
                self.stdout.write(
                    f"{number}: {line.outcome} {line.external_id or '?'}{': ' if line.reason else ''}{line.reason}"
                )
        self.stdout.write(", ".join(f"{counts[name]} {name}" for name in ("imported", "skipped", "refused")))
        if counts["imported"] and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")  # after a bulk load the planner knows nothing of the new rows
        if counts["refused"]:
            raise SystemExit(1)

    def _import(self, importer: Importer, text: str) -> Line:
        try:
            data = json.loads(text)
        except (ValueError, RecursionError) as error:
            return Line("", "refused", f"this line is not JSON ({error})")
        return importer.import_line(data)

    def _lines(self, name: str) -> list[str]:
        """The lines of the file, cut at line feeds alone: other signs that look like line ends may stand in a text."""
        try:
            content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        except OSError as error:
            raise CommandError(f"{name} cannot be read: {error}") from error
        return content.decode("utf-8-sig", errors="replace").split("\n")

    def _actor(self, email: str | None) -> User:
        if not email:
            return User.objects.system()
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            raise CommandError(f"Nobody here has the address {email}.")
        return user


def _days_since_demo_week() -> int:
    """Whole weeks from the demo data's week to this one, so that weekdays stay weekdays."""
    return (timezone.localdate() - DEMO_WEEK).days // 7 * 7
