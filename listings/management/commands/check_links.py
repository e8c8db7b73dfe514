"""Asks for every address on the pages of public listings; tells the organizations which no longer answer.

Beat does it every week. Can be stopped and run again.
"""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from listings.links import check_links, public_links
from listings.models import BrokenLink


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        links = public_links()
        with tqdm(total=len(links), unit="link", disable=not sys.stderr.isatty()) as progress:
            told = check_links(links=links, on_progress=progress.update)
        self.stdout.write(
            f"{len(links)} links asked, {BrokenLink.objects.count()} without an answer, "
            f"{BrokenLink.objects.broken().count()} of them for more than a day, {told} told"
        )
