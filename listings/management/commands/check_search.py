"""Compares the search index with the tables and says what differs."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from listings.search.checking import differences
from listings.search.rebuild import listings_to_index


class Command(BaseCommand):
    """`manage.py check_search`; exits 1 when something differs."""

    help = __doc__
    MOST_SHOWN = 100

    def add_arguments(self, parser: ArgumentParser) -> None:
        """There is nothing to choose."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each difference, some hundred at most, and how many there are."""
        count = 0
        with tqdm(total=listings_to_index(), unit="listing", disable=not sys.stderr.isatty()) as bar:
            for count, difference in enumerate(differences(bar.update), 1):
                if count <= self.MOST_SHOWN:
                    terms = f": {', '.join(difference.terms)}" if difference.terms else ""
                    self.stdout.write(f"listing {difference.listing_id} {difference.what}{terms}")
        if count:
            raise CommandError(f"{count} differences. Run rebuild_search.")
        self.stdout.write("The index agrees with the tables.")
