"""Reads the delivery reports in the Maildir `BOUNCE_MAILDIR`, and marks mails that could not be delivered.

Beat does it every hour when the setting is there. Can be stopped and run again: what was read is put away as seen.
"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.mail.bounces import NoMaildir, Outcome, take_bounces


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.BOUNCE_MAILDIR:
            raise CommandError("BOUNCE_MAILDIR is empty. Set it to the Maildir that gets the delivery reports.")
        try:
            counts = take_bounces(Path(settings.BOUNCE_MAILDIR))
        except NoMaildir as error:
            raise CommandError(f"{error} is no Maildir: it needs the folders new and cur.") from error
        told = ", ".join(f"{counts[outcome]} {outcome.value}" for outcome in Outcome)
        self.stdout.write(f"{counts.total()} read: {told}")
