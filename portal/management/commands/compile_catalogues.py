"""Compiles the catalogues of the interface with Babel, so that no machine needs gettext to run the portal.

The catalogue of an easy wording (`fi_Simple`) has only what it says otherwise; the rest comes from its language's own.
"""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand

EASY = "_Simple"


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def handle(self, *args, **options) -> None:
        for folder in settings.LOCALE_PATHS:
            for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
                with source.with_suffix(".mo").open("wb") as file:
                    write_mo(file, catalogue_of(source))


def catalogue_of(source: Path) -> Catalog:
    """All texts of a language as readers get them."""
    folder = source.parent.parent
    full = folder.name.removesuffix(EASY)
    own = _read(source, full)
    if full == folder.name:
        return own
    catalogue = _read(folder.parent / full / source.relative_to(folder), full)
    for message in own:
        known = catalogue.get(message.id, message.context) if message.id else None
        if known is not None and message.string:
            known.string = message.string
    return catalogue


def _read(source: Path, language: str) -> Catalog:
    with source.open("rb") as file:
        return read_po(file, locale=language)
