"""Checks what must always be true: states, versions, roles, mails, the index, the audit. Only reads."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from portal.running.invariants import Answer, ask, names


class Command(BaseCommand):
    """`manage.py check_invariants [--only NAME] [--json]`; exits 1 when something is not true."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Define what is asked and how the answer is written."""
        parser.add_argument("--only", default="", metavar="NAME", help="those whose name begins so: listings, portal.m")
        parser.add_argument("--json", action="store_true", help="one JSON object for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask, and print what is not true."""
        asked = [name for name in names() if name.startswith(options["only"])]
        if not asked:
            raise CommandError(f"There is no such invariant. There are: {', '.join(names())}.")
        bar = tqdm(ask(options["only"]), total=len(asked), unit="invariant", disable=not sys.stderr.isatty())
        answers = list(bar)
        count = sum(answer.count for answer in answers)
        if options["json"]:
            self.stdout.write(json.dumps({"problems": count, "invariants": [asdict(answer) for answer in answers]}))
        else:
            for answer in answers:
                self._tell(answer)
        if count:
            raise CommandError(f"{count} problems.")
        if not options["json"]:
            self.stdout.write(f"All {len(answers)} invariants hold.")

    def _tell(self, answer: Answer) -> None:
        if not answer.count:
            self.stdout.write(f"ok      {answer.name}")
            return
        self.stdout.write(f"WRONG   {answer.name}: {answer.claim}")
        for problem in answer.problems:
            self.stdout.write(f"        {problem}")
        if answer.count > len(answer.problems):
            self.stdout.write(f"        ... and {answer.count - len(answer.problems)} more")
