"""Measures how well the search answers queries with graded answers, one JSON object a line."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from listings.search.measuring import Measured, measure, table


class Command(BaseCommand):
    """`manage.py measure_search FILE [--results OUT]`."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Define the file of queries and where to write what was found."""
        parser.add_argument("file", help="queries: id, lang, text, filters, relevant {external id: grade}, kind")
        parser.add_argument("--results", help="write {id, results} a line to this file")

    def handle(self, *args: Any, **options: Any) -> None:
        """Search each query, print the measures, write the results."""
        try:
            lines = Path(options["file"]).read_text(encoding="utf-8").splitlines()
        except OSError as error:
            raise CommandError(f"The file cannot be opened: {options['file']} ({error.strerror}).") from error
        measured = [self._measure(number, line) for number, line in enumerate(lines, 1) if line.strip()]
        if not measured:
            raise CommandError("The file has no queries.")
        for line in table(measured):
            self.stdout.write(line)
        if options["results"]:
            rows = (json.dumps({"id": one.id, "results": one.results}, ensure_ascii=False) for one in measured)
            Path(options["results"]).write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")

    def _measure(self, number: int, line: str) -> Measured:
        try:
            return measure(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise CommandError(f"Line {number} cannot be read: {error}.") from error
