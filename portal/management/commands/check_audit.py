"""Checks that nothing in the audit was changed, deleted or put in past the portal."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from portal.audit.append_only import missing_triggers
from portal.audit.chain import Head
from portal.audit.checking import Check
from portal.models import AuditSeal


def head_of(written: str | None) -> Head | None:
    """A head as somebody has kept it."""
    if not written:
        return None
    try:
        return Head.read(written)
    except ValueError as error:
        raise CommandError(f"{written} cannot be read. {error}") from error


class Command(BaseCommand):
    """`manage.py check_audit [--head HEAD] [--since HEAD]`; exits 1 when something does not hold."""

    help = __doc__
    MOST_SHOWN = 100

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Define what is known from elsewhere, and where to begin."""
        parser.add_argument("--head", help="a head that was published: number:hash; the chain must still have it")
        parser.add_argument("--since", metavar="HEAD", help="go on after this one, up to which all was checked before")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what does not hold, some hundred at most, and where the chain ends."""
        known, since = head_of(options["head"]), head_of(options["since"])
        count = 0
        total = AuditSeal.objects.count() - (since.number if since else 0)
        with tqdm(total=total, unit="event", disable=not sys.stderr.isatty()) as bar:
            check = Check(since, bar.update)
            try:
                for count, problem in enumerate(check.problems(known), 1):
                    if count <= self.MOST_SHOWN:
                        self.stdout.write(problem)
            except KeyboardInterrupt as stop:
                raise CommandError(f"Stopped. Go on with: check_audit --since {check.head}") from stop
        if missing := missing_triggers():
            count += 1
            self.stdout.write(f"The database does not refuse changes; triggers are missing: {', '.join(missing)}.")
        if count:
            raise CommandError(f"{count} problems. The chain ends with {check.head}. See docs/operating/audit.md.")
        self.stdout.write(f"The audit is whole. It ends with {check.head}")
