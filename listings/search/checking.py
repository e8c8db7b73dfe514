"""Compares the index with the tables: which listings it lacks, has too many of, or has with other terms."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pyroaring import BitMap

from listings.models import Document, Posting, Version

from . import postings
from .index import terms_of_versions
from .rebuild import is_outdated
from .terms import LIVE
from .words import ANALYSER

LISTINGS_AT_ONCE = 500


@dataclass(frozen=True)
class Difference:
    """A listing that the index has otherwise than the tables. `terms` are those that differ, at most some."""

    listing_id: int
    what: str
    terms: tuple[str, ...] = ()


def differences(progress: Callable[[int], object] = lambda done: None) -> Iterator[Difference]:
    """Yield what differs. Reads the whole index, a part of the listings at a time."""
    state = postings.state()
    if is_outdated():
        yield Difference(0, f"the words were analysed by {state.analyser or 'nothing'}, not by {ANALYSER}")
    numbers = dict(Document.objects.filter(generation=state.generation).values_list("listing_id", "number"))
    live = live_numbers(state.generation)
    public = set(Version.objects.public().values_list("listing_id", flat=True))
    shown = {pk for pk, number in numbers.items() if number in live}
    # What ran out by itself is taken away by its day when somebody searches.
    yield from (Difference(pk, "is public and not in the index") for pk in sorted(public - shown))
    keys = sorted(public & shown)
    for start in range(0, len(keys), LISTINGS_AT_ONCE):
        chunk = keys[start : start + LISTINGS_AT_ONCE]
        yield from compare(state.generation, chunk, numbers)
        progress(len(chunk))


def live_numbers(generation: int) -> BitMap:
    """The documents that readers find, those included that have run out since they were written."""
    rows = Posting.objects.filter(generation=generation, term=LIVE.encode()).values_list("numbers", flat=True)
    return BitMap.union(BitMap(), *(BitMap.deserialize(bytes(one)) for one in rows))


def compare(generation: int, keys: list[int], numbers: dict[int, int]) -> Iterator[Difference]:
    """Compare the terms of some listings, one read of their segments for all of them."""
    wanted = BitMap(numbers[pk] for pk in keys)
    segments = {postings.segment_of(number) for number in wanted}
    indexed: dict[int, set[str]] = {number: set() for number in wanted}
    rows = Posting.objects.filter(generation=generation, segment__in=segments).values_list("term", "numbers")
    for term, written in rows.iterator(chunk_size=2000):
        for number in BitMap.deserialize(bytes(written)) & wanted:
            indexed[number].add(bytes(term).decode())
    for version, terms in terms_of_versions(Version.objects.public().filter(listing__in=keys)):
        differing = terms ^ indexed[numbers[version.listing_id]]
        if differing:
            yield Difference(version.listing_id, "has other terms", tuple(sorted(differing)[:8]))
