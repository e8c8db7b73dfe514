"""Django's `migrate`, which does not wait long for tables that others use: whoever came after it would wait, too."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands.migrate import Command as DjangosCommand
from django.db import OperationalError, connections

LOCK_NOT_AVAILABLE = "55P03"


class Command(DjangosCommand):
    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        if connection.vendor != "postgresql" or not settings.MIGRATE_LOCK_SECONDS:
            super().handle(*args, **options)
            return
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = '{settings.MIGRATE_LOCK_SECONDS}s'")
        try:
            super().handle(*args, **options)
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") != LOCK_NOT_AVAILABLE:
                raise
            raise CommandError(
                f"Somebody has used a table for longer than {settings.MIGRATE_LOCK_SECONDS} seconds. The migration was "
                "taken back, those before it stay. Run it again; if it goes on, see who: pg_stat_activity."
            ) from error
        finally:
            with connection.cursor() as cursor:
                cursor.execute("RESET lock_timeout")
