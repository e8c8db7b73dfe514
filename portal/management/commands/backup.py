"""Copies database and files of people into a folder, in one consistent moment, while people work.

Each backup is a folder of its own with a manifest. See docs/operating/backup.md.
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.running.backups.making import make_backup
from portal.running.backups.manifest import Unusable


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="where backups are kept")
        parser.add_argument("--keep", type=int, default=0, metavar="N", help="keep only the newest N; 0: all")

    def handle(self, *args: Any, folder: Path, keep: int, **options: Any) -> None:
        try:
            path, made = make_backup(folder, keep=keep)
        except Unusable as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{folder} cannot be written: {error}. No backup was made.") from error
        self.stdout.write(
            f"{path}: {made.rows} rows in {len(made.tables)} tables, {len(made.files)} files, {made.size} bytes"
        )
