"""Erases accounts that a restored backup has brought back although they had been erased. `restore` runs it."""

from typing import Any

from django.core.management.base import BaseCommand

from organizations.actions.erasing import erase_account
from organizations.models import User
from organizations.privacy.erased import come_back
from portal.refusals import Refused


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for user in come_back():
            try:
                erase_account(user, by=User.objects.system())
            except Refused as refusal:
                self.stderr.write(f"Account {user.pk} could not be erased again: {refusal.message}")
            else:
                count += 1
        self.stdout.write(f"{count} accounts were erased again.")
