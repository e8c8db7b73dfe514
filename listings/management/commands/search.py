"""Searches the public listings from the command line, through the same interface as the pages."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from listings.models import Listing, Version
from listings.presentation import title_of
from listings.search import ORDERS, search
from listings.search.measuring import filters_of
from portal.languages import LISTING_LANGUAGE_CODES


class Command(BaseCommand):
    """`manage.py search "words" --language ar --filter municipality=091 --limit 10 --format json`."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Define the words, the filters and the form of the output."""
        parser.add_argument("words", nargs="?", default="")
        parser.add_argument("--language", choices=LISTING_LANGUAGE_CODES, default="fi")
        parser.add_argument("--filter", action="append", default=[], help="name=value; again for more", metavar="F")
        parser.add_argument("--section", choices=(Listing.ACTIVITY, Listing.PROFESSIONAL), default=Listing.ACTIVITY)
        parser.add_argument("--order", choices=ORDERS, default="")
        parser.add_argument("--limit", type=int, default=20)
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a line for each listing, in order."""
        result = search(
            options["words"],
            _filters(options["filter"]),
            options["language"],
            order=options["order"],
            section=options["section"],
            per_page=max(options["limit"], 0),
        )
        versions = Version.objects.public().filter(listing__in=result.ids).select_related("listing")
        rows = {version.listing_id: version for version in versions}
        for pk, score in zip(result.ids, result.scores, strict=True):
            if pk in rows:
                self.stdout.write(_line(rows[pk], score, options["format"]))


def _filters(given: list[str]) -> dict[str, list[str]]:
    filters: dict[str, list[str]] = {}
    for one in given:
        name, sign, value = one.partition("=")
        if not sign or not value:
            raise CommandError(f"A filter is name=value, not {one}.")
        try:
            for known, values in filters_of({name: True if value in ("true", "yes") else value}).items():
                filters.setdefault(known, []).extend(values)
        except KeyError as error:
            raise CommandError(f"There is no filter {name}.") from error
    return filters


def _line(version: Version, score: float, form: str) -> str:
    listing, title = version.listing, str(title_of(version))
    if form == "text":
        return f"{score:8.3f}  {title}  {listing.get_absolute_url()}"
    shown = {"id": listing.external_id, "slug": listing.slug, "title": title, "score": round(score, 4)}
    return json.dumps(shown, ensure_ascii=False)
