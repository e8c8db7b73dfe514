"""Writes the words of all published listings anew. Needed after the labels or the analysis of words have changed."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from tqdm import tqdm

from listings.models import Listing, SearchRow, Version
from listings.search.index import index_listing


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        versions = Version.objects.filter(state=Version.State.PUBLISHED).order_by("pk")
        done = 0
        keys = list(versions.values_list("pk", flat=True))
        for pk in tqdm(keys, unit="listing", disable=not sys.stderr.isatty()):
            # One listing at a time: readers go on finding the others, and a stopped run leaves whole rows.
            with transaction.atomic():
                version = versions.select_related("listing__organization").filter(pk=pk).first()
                if version is not None and Listing.objects.select_for_update().filter(pk=version.listing_id):
                    index_listing(version.listing, version)
                    done += 1
        gone, _ = SearchRow.objects.exclude(listing__versions__state=Version.State.PUBLISHED).delete()
        self.stdout.write(f"{done} listings written, {gone} rows removed")
