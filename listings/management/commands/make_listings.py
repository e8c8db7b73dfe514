"""Fills a database with synthetic public listings, to measure how the portal bears their number."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from tqdm import tqdm

from listings.imports.synthetic import Making
from listings.search.rebuild import listings_to_index, rebuild


class Command(BaseCommand):
    """`manage.py make_listings 100000`. Two runs with one seed on one day make the same listings."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Define how many, from which seed, and the word that they are wanted."""
        parser.add_argument("count", type=int, metavar="N", help="how many listings; about 85 of 100 are public")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--yes", action="store_true", help="make them although this is no demonstration")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make them, then the search index; the planner learns of the new rows."""
        count = options["count"]
        if count < 1:
            raise CommandError("Write how many listings: a number from 1 on.")
        if not settings.IS_DEMO and not options["yes"]:
            raise CommandError("Readers would see listings that nobody wrote. Say --yes if you want that.")
        is_quiet = not sys.stderr.isatty()
        with tqdm(total=count, unit="listing", disable=is_quiet) as bar:
            for made in Making(count, options["seed"]).make():
                bar.update(made)
        _tell_the_planner()
        with tqdm(total=listings_to_index(), unit="indexed", disable=is_quiet) as bar:
            indexed = rebuild(bar.update)
        _tell_the_planner()
        self.stdout.write(f"{count} listings were made; {indexed} listings are in the index")


def _tell_the_planner() -> None:
    """After a bulk load it knows nothing of the new rows."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
