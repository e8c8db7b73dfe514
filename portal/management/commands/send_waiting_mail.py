"""Send what waits in the outbox. Beat does it every minute."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.mail.delivery import deliver


class Command(BaseCommand):
    help = "Sends what waits in the outbox."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{deliver()} tried")
