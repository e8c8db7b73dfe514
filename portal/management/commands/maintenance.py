"""Lets the portal rest, for all its processes at once: readers get a friendly page, tasks wait. Needs no database."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from redis.exceptions import RedisError

from portal.running import maintenance


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["on", "off", "status"])
        parser.add_argument(
            "--minutes", type=int, default=maintenance.MINUTES, help="how long it should last; readers are told"
        )

    def handle(self, *args: Any, what: str, minutes: int, **options: Any) -> None:
        try:
            if what == "on":
                maintenance.turn_on(minutes)
            elif what == "off":
                maintenance.turn_off()
            maintenance.forget()
            over = maintenance.until()
        except (RedisError, OSError) as error:
            raise CommandError(f"The mark cannot be written: {error}. Nothing changed.") from error
        if over:
            self.stdout.write(f"The portal rests, until about {over:%H:%M} UTC, and until: manage.py maintenance off")
        else:
            self.stdout.write("The portal works.")
