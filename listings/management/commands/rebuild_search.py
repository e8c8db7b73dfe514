"""Makes the search index anew, beside the one that readers use. Needed after labels or the analysis of words change."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from listings.search.rebuild import listings_to_index, rebuild


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        with tqdm(total=listings_to_index(), unit="listing", disable=not sys.stderr.isatty()) as bar:
            done = rebuild(bar.update, pause=3)
        self.stdout.write(f"{done} listings are in the index")
