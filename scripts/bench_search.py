"""Measures the search at some size: eight kinds of queries with all facets and the rows of the page, and updates."""

import logging
import os
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

RUNS = 200
UPDATES = 40
RANDOM_ASKED = int(os.environ.get("BENCH_RANDOM", "10000"))
SIZES = (10_000, 100_000)
MILLION = 1_000_000
SAMPLE = 3000
# In what share of the listings a word is found that counts as rare or common.
RARE, COMMON = (0.0005, 0.01), (0.10, 0.35)
Figure = tuple[str, float, float]
Query = tuple[str, dict[str, list[str]], str]


def sizes() -> tuple[int, ...]:
    """How many listings to measure with; a million takes an hour, so only when BENCH_MILLION is set."""
    return (*SIZES, MILLION) if os.environ.get("BENCH_MILLION") else SIZES


def milliseconds(call: Callable[[], object]) -> float:
    begin = time.perf_counter()
    call()
    return 1000 * (time.perf_counter() - begin)


def middle_and_high(times: list[float]) -> tuple[float, float]:
    """The median and the 95th percentile."""
    return statistics.median(times), sorted(times)[int(0.95 * len(times))]


def words_by_share() -> tuple[list[str], list[str]]:
    """Rare and common words of the listings, by a sample of them."""
    from listings.models import Version
    from listings.search.words import words_in

    texts = list(Version.objects.public().order_by("-pk").values_list("description_fi", flat=True)[:SAMPLE])
    counts = Counter(word for text in texts for word in set(words_in(text)))
    shares = {word: count / len(texts) for word, count in sorted(counts.items()) if len(word) > 3}
    rare, common = ([word for word, share in shares.items() if low <= share <= high] for low, high in (RARE, COMMON))
    return rare, common


def queries() -> dict[str, Iterator[Query]]:
    """The eight kinds of queries of the study, each without end."""
    from listings.models import ActivityForm
    from listings.schedule import WEEKDAYS
    from portal.models import Language, Municipality

    chance = Random(7)  # noqa: S311
    forms, places = ([row.pk for row in model.objects.all()] for model in (ActivityForm, Municipality))
    languages = [row.pk for row in Language.objects.all()[:20]]
    rare, common = words_by_share()

    def endless(make: Callable[[], Query]) -> Iterator[Query]:
        while True:
            yield make()

    def form() -> dict[str, list[str]]:
        return {"form": [chance.choice(forms)]}

    def several() -> dict[str, list[str]]:
        return {**form(), "language": chance.sample(languages, 2), "weekday": [chance.choice(WEEKDAYS)]}

    def place() -> dict[str, list[str]]:
        return {"municipality": [chance.choice(places)]}

    return {
        "no filter": endless(lambda: ("", {}, "")),
        "one filter": endless(lambda: ("", form(), "")),
        "three filters": endless(lambda: ("", several(), "")),
        "a rare word": endless(lambda: (chance.choice(rare), {}, "")),
        "a common word": endless(lambda: (chance.choice(common), {}, "")),
        "a word and a filter": endless(lambda: (chance.choice(common), form(), "")),
        "two words": endless(lambda: (f"{chance.choice(common)} {chance.choice(rare)}", {}, "")),
        "a place, soonest first": endless(lambda: ("", place(), "soonest")),
    }


def answer(query: Query, facets: dict[str, Any]) -> tuple[float, float, float]:
    """How long the hits with all counts take; with the rows of the page, whose cards are kept; and with rows that are
    read whole, as for cards that are made anew.
    """
    from listings.cards import cards_of
    from listings.models import Version
    from listings.presentation import for_cards
    from listings.search import search

    words, filters, order = query
    begin = time.perf_counter()
    result = search(words, filters, "fi", order=order, facets=facets)
    found = time.perf_counter() - begin
    cards_of(result.ids)
    kept = milliseconds(lambda: cards_of(result.ids))
    whole = milliseconds(lambda: list(for_cards(Version.objects.public().filter(listing__in=result.ids))))
    return 1000 * found, 1000 * found + kept, 1000 * found + whole


def measure_search() -> Iterator[Figure]:
    """The kinds of queries, and how the index takes a change."""
    from listings.forms import ListingFilter
    from listings.models import Listing
    from listings.search import postings, search
    from listings.search.index import refresh_listing

    filters = ListingFilter({}, section=Listing.ACTIVITY)
    facets = {name: tuple(filters.choices_of(name)) for name in filters.facets}
    postings.forget()
    first = milliseconds(lambda: answer(("", {}, ""), facets))
    yield "first search of a process", first, first
    everything: list[tuple[float, float, float]] = []
    for label, kind in queries().items():
        answer(next(kind), facets)
        times = [answer(next(kind), facets) for _ in range(RUNS)]
        everything += times
        yield label, *middle_and_high([page for _search, page, _whole in times])
    for place, name in enumerate(("search() alone", "with the rows of the page", "with rows for new cards")):
        yield f"all: {name}", *middle_and_high([times[place] for times in everything])
    changed = list(Listing.objects.public().order_by("-pk")[: UPDATES * 50 : 50])
    updates, searches = [], []
    for listing in changed:
        updates.append(milliseconds(lambda listing=listing: refresh_listing(listing)))
        searches.append(milliseconds(lambda: search(facets=facets)))
    yield "index update of one", *middle_and_high(updates)
    yield "first search after it", *middle_and_high(searches)
    yield from _memory(postings.snapshot())


def _memory(seen: Any) -> Iterator[Figure]:
    bytes_held = sum(len(numbers.serialize()) for numbers in seen.facets.values())
    yield "facets in memory, MB", bytes_held / 1e6, bytes_held / 1e6


def measure_rebuild() -> Iterator[Figure]:
    """How long a rebuild takes while nothing else is done."""
    from listings.search.rebuild import rebuild

    took = milliseconds(rebuild) / 1000
    yield "rebuild, s", took, took


def measure_answers() -> Iterator[Figure]:
    """The list page for many query strings that no form sends; the slowest of them stands beside."""
    from django.test import Client

    from portal.wsgi import warm_up
    from tests.query_strings import query_strings

    client = Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)
    logging.disable(logging.CRITICAL)
    warm_up()  # as a web process does
    client.get("/fi/activities/")  # and the first page of a process compiles its templates; that does not count
    statuses: Counter[int] = Counter()
    times = []
    for asked in query_strings(RANDOM_ASKED, seed=2):
        begin = time.perf_counter()
        statuses[client.get("/fi/activities/", QUERY_STRING=asked).status_code] += 1
        times.append(1000 * (time.perf_counter() - begin))
    yield "random query strings", *middle_and_high(times)
    yield "the slowest of them", max(times), max(times)
    for status, count in sorted(statuses.items()):
        yield f"answered {status}, how many", count, count
