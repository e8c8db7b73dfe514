"""Makes the search index anew, beside the one that readers use. Needed after labels or the analysis of words change."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from listings.search.rebuild import LONGEST_SEARCH, is_outdated, listings_to_index, rebuild


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-needed", action="store_true", help="only when words are analysed otherwise than when it was made"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_needed"] and not is_outdated():
            self.stdout.write("The index is up to date.")
            return
        with tqdm(total=listings_to_index(), unit="listing", disable=not sys.stderr.isatty()) as bar:
            done = rebuild(bar.update, pause=LONGEST_SEARCH)
        self.stdout.write(f"{done} listings are in the index")
