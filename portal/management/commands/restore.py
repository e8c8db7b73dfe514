"""Puts a backup back: only into an empty database, unless told otherwise. Compares everything before and after.

The portal rests meanwhile, and until `manage.py maintenance off`. See docs/operating/backup.md.
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.running import maintenance
from portal.running.backups.manifest import Unusable
from portal.running.backups.restoring import restore_backup

NEXT = """Next:
1. Restart web, worker and beat: they remember what was there before.
2. manage.py doctor, manage.py check_search
3. manage.py maintenance off"""


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="one backup, as in backups/portal-20260131T023000000000Z")
        parser.add_argument("--replace", action="store_true", help="lose what is in the database now")
        parser.add_argument(
            "--send-waiting-mail", action="store_true", help="let mails go that waited when the backup was made"
        )

    def handle(self, *args: Any, folder: Path, replace: bool, send_waiting_mail: bool, **options: Any) -> None:
        rested = maintenance.is_on()
        maintenance.turn_on()
        try:
            restore_backup(folder, replace=replace, send_waiting_mail=send_waiting_mail, tell=self.stdout.write)
        except Unusable as error:
            if not rested:
                maintenance.turn_off()
            raise CommandError(str(error)) from error
        self.stdout.write(NEXT)
