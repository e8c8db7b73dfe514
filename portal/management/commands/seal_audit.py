"""Gives each event of the audit that has none its seal, and prints the head of the chain."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from portal.audit.heads import publish
from portal.audit.sealing import seal_events, unsealed


class Command(BaseCommand):
    """`manage.py seal_audit [--publish]`; beat does it every minute. Can run again, and beside itself."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Define whether the head is made known."""
        parser.add_argument("--publish", action="store_true", help="also log the head and mail it to AUDIT_HEAD_TO")

    def handle(self, *args: Any, **options: Any) -> None:
        """Seal, some thousand in a transaction; a stopped run goes on where it was."""
        is_quiet = not sys.stderr.isatty()
        with tqdm(total=None if is_quiet else unsealed().count(), unit="event", disable=is_quiet) as bar:
            head = seal_events(all_of_them=True, progress=bar.update)
        if options["publish"]:
            publish(head)
        self.stdout.write(str(head))
