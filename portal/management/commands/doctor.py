"""Looks the set-up over and says what is wrong and what to do. Exits 1 when something has to be mended."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from portal.running.doctor import ADVICE, FAULT, OK, Seen, examine

MARKS = {OK: "well   ", ADVICE: "ADVICE ", FAULT: "FAULT  "}


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="for programs: a list of what was seen")

    def handle(self, *args: Any, **options: Any) -> None:
        seen = list(examine())
        if options["json"]:
            lines = [{"check": one.check, **one.finding.__dict__} for one in seen]
            self.stdout.write(json.dumps(lines, indent=1))
        else:
            self._tell(seen)
        if any(one.finding.level == FAULT for one in seen):
            sys.exit(1)

    def _tell(self, seen: list[Seen]) -> None:
        for one in seen:
            finding = one.finding
            self.stdout.write(f"{MARKS.get(finding.level, '       ')} {one.check}: {finding.what or 'all is well'}")
            if finding.do:
                self.stdout.write(f"          {finding.do}")
        faults = sum(one.finding.level == FAULT for one in seen)
        advice = sum(one.finding.level == ADVICE for one in seen)
        self.stdout.write(f"{faults} faults, {advice} pieces of advice.")
