"""Compiles the catalogues of the interface with Babel, so that no machine needs gettext to run the portal."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def handle(self, *args, **options) -> None:
        for folder in settings.LOCALE_PATHS:
            for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
                with source.open("rb") as file:
                    catalogue = read_po(file, locale=source.parent.parent.name)
                with source.with_suffix(".mo").open("wb") as file:
                    write_mo(file, catalogue)
