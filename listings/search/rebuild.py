"""Makes the whole index anew beside the one that readers use, and swaps: nobody waits, a stopped run is no harm."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator

from django.db import transaction
from pyroaring import BitMap

from listings.models import Document, Listing, Posting, SearchState, Version

from . import postings
from .index import refresh_listing, terms_of_versions
from .terms import is_word
from .words import ANALYSER

LISTINGS_AT_ONCE = 500
ROWS_AT_ONCE = 2000
# In seconds: for so long a search may still read the postings with which it began.
LONGEST_SEARCH = 3


def listings_to_index() -> int:
    """How many listings a rebuild will write."""
    return Version.objects.public().count()


def is_outdated() -> bool:
    """Whether the postings were made with another analysis of words than this release's, or never."""
    return listings_to_index() > 0 and postings.state().analyser != ANALYSER


def rebuild(progress: Callable[[int], object] = lambda done: None, *, pause: float = 0) -> int:
    """Rebuild the index; return how many listings are in it. `progress` is told how many more are done.

    For `pause` seconds the old postings stay, for searches that began with them.
    """
    before = postings.state()
    generation = before.generation + 1
    _clear(generation)  # what a stopped run has left
    segment = _Segment(generation, before.version)
    for chunk in _oldest_first():
        progress(segment.add(chunk))
    segment.write()
    _swap(before, generation, segment.next_number)
    time.sleep(pause)
    _clear(before.generation)
    return segment.next_number


class _Segment:
    """The postings of the segment that is being filled."""

    def __init__(self, generation: int, version: int) -> None:
        self.generation = generation
        self.version = version
        self.next_number = 0
        self.numbers: dict[str, BitMap] = {}

    def add(self, keys: list[int]) -> int:
        """Add public versions in the order of their keys; return how many there were."""
        rows = {version.pk: (version, terms) for version, terms in _terms(keys)}
        documents = []
        added: dict[str, list[int]] = defaultdict(list)
        for version, terms in (rows[key] for key in keys if key in rows):
            if self.next_number and self.next_number % (1 << postings.SEGMENT_BITS) == 0:
                self._put(added)
                self.write()
            for term in terms:
                added[term].append(self.next_number)
            documents.append(
                Document(generation=self.generation, number=self.next_number, listing_id=version.listing_id)
            )
            self.next_number += 1
        self._put(added)
        Document.objects.bulk_create(documents)
        return len(documents)

    def _put(self, added: dict[str, list[int]]) -> None:
        """Put what was collected into the bitmaps, all numbers of a term at once, because one by one is slow."""
        for term, numbers in added.items():
            self.numbers.setdefault(term, BitMap()).update(numbers)
        added.clear()

    def write(self) -> None:
        """Write what was collected: whole segments, each once."""
        segment = postings.segment_of(max(self.next_number - 1, 0))
        Posting.objects.bulk_create(
            (
                Posting(
                    generation=self.generation,
                    term=term.encode(),
                    segment=segment,
                    is_facet=not is_word(term),
                    version=postings.version_of(term, self.version),
                    numbers=numbers.serialize(),
                )
                for term, numbers in self.numbers.items()
            ),
            batch_size=ROWS_AT_ONCE,
        )
        self.numbers = {}


def _terms(keys: list[int]) -> Iterator[tuple[Version, set[str]]]:
    return terms_of_versions(Version.objects.public().filter(pk__in=keys))


def _oldest_first() -> Iterator[list[int]]:
    """The keys of the public versions in the order in which they were published or confirmed, some hundred at once."""
    versions = Version.objects.public().order_by("listing__confirmed_on", "listing__published_at", "listing_id")
    keys = list(versions.values_list("pk", flat=True))
    for start in range(0, len(keys), LISTINGS_AT_ONCE):
        yield keys[start : start + LISTINGS_AT_ONCE]


@transaction.atomic
def _swap(before: SearchState, generation: int, next_number: int) -> None:
    """Let readers go over to the new postings, after what was changed meanwhile is in them too."""
    state = postings.locked_state()
    changed = set(_listings_changed(before, state))
    state.generation = generation
    state.version = postings.next_version(state)
    # What changes from now on goes into a segment of its own, whose postings are short: they are quick to write.
    state.next_number = postings.beginning_after(next_number)
    state.analyser = ANALYSER
    state.save()
    for listing in Listing.objects.filter(pk__in=changed):
        refresh_listing(listing)


def _listings_changed(before: SearchState, now: SearchState) -> Iterator[int]:
    """The listings that were shown, changed or hidden since the rebuild began."""
    if now.version == before.version:
        return
    old = Document.objects.filter(generation=now.generation)
    new = Document.objects.filter(generation=now.generation + 1)
    yield from old.filter(number__gte=before.next_number).values_list("listing_id", flat=True)
    yield from new.exclude(listing__in=old.values("listing")).values_list("listing_id", flat=True)


def _clear(generation: int) -> None:
    """Delete a generation, some thousand rows at once, so that no long lock stands in anybody's way."""
    for model in (Posting, Document):
        rows = model.objects.filter(generation=generation)
        while keys := list(rows.order_by("pk").values_list("pk", flat=True)[:ROWS_AT_ONCE]):
            model.objects.filter(pk__in=keys).delete()
