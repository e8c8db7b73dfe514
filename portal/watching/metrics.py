"""What is counted while the portal works, and the text that Prometheus reads.

Counts are kept by each process, and put together in `PROMETHEUS_MULTIPROC_DIR` where a web server has several. What the
database and Redis know is asked when somebody reads (`portal/watching/figures.py`), and kept some seconds.
"""

import logging
import os
import time
from collections.abc import Callable, Iterable, Iterator
from threading import Lock

from django.conf import settings
from django.db import Error
from django.utils.module_loading import import_string
from prometheus_client import (
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

disable_created_metrics()  # when a counter began doubles the lines and nobody asks for it
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
REQUESTS = Counter("portal_requests", "Requests answered", ["route", "method", "status"])
LATENCY = Histogram("portal_request_seconds", "How long an answer took", ["route"], buckets=BUCKETS)
PAGES = Counter("portal_kept_pages", "Whole pages that were kept, or had to be made", ["found"])
PAGE_IN_MEMORY, PAGE_SHARED, PAGE_MADE = (PAGES.labels(found) for found in ("memory", "shared", "made"))
CARDS = Counter("portal_cards", "Cards of listings that were kept, or had to be made", ["found"])
CARDS_KEPT, CARDS_MADE = CARDS.labels("kept"), CARDS.labels("made")

SIGN_INS_FAILED = Counter("portal_sign_ins_failed", "Tries to sign in that failed, by what was shown", ["shown"])
for _shown in ("password", "code by mail", "second factor"):
    SIGN_INS_FAILED.labels(_shown)  # from nought, so that the first ones count as an increase

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Counted:
    """Requests by route, method and class of status. Finding the counter takes longest, so it is remembered."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str, int], tuple[Callable[[], None], Callable[[float], None]]] = {}

    def __call__(self, route: str, method: str, status: int, seconds: float) -> None:
        key = (route, method, status)
        found = self._known.get(key)
        if found is None:
            named = method if method in METHODS else "other"
            counter, latency = REQUESTS.labels(route, named, f"{status // 100}xx"), LATENCY.labels(route)
            found = counter.inc, latency.observe
            if named != "other":
                self._known[key] = found
        found[0]()
        found[1](seconds)


count_request = Counted()


class Figures(Collector):
    """The figures of one function, kept for so many seconds. One that cannot be read is left out, and said so."""

    def __init__(self, read: Callable[[], Iterable[Metric]], seconds: float) -> None:
        self._read, self._seconds = read, seconds
        self._kept: list[Metric] = []
        self._until = 0.0
        self._lock = Lock()

    def describe(self) -> Iterable[Metric]:
        return []  # so that nothing is asked before somebody reads

    def collect(self) -> Iterator[Metric]:
        with self._lock:
            if time.monotonic() >= self._until:
                self._kept = self._asked()
                self._until = time.monotonic() + self._seconds
        yield from self._kept

    def _asked(self) -> list[Metric]:
        found: list[Metric] = []
        try:
            found.extend(self._read())
        except (Error, RedisError, OSError) as error:
            logger.warning("Figures cannot be read: %s", type(error).__name__)
        return found


_figures: dict[str, Figures] = {}


def exposition() -> bytes:
    """All metrics, as Prometheus reads them."""
    return counts() + generate_latest(figures())


def counts() -> bytes:
    """What has been counted, by this process or by all of its web server."""
    if not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        return generate_latest(REGISTRY)
    together = CollectorRegistry(auto_describe=False)
    MultiProcessCollector(together)
    try:
        return generate_latest(together)
    except FileNotFoundError:  # a process ended while its file was looked for; its counts are in another one now
        return generate_latest(together)


def figures() -> CollectorRegistry:
    """What settings name, each function with its own memory."""
    registry = CollectorRegistry(auto_describe=False)
    for name, seconds in settings.METRICS.items():
        if name not in _figures:
            _figures[name] = Figures(import_string(name), seconds)
        registry.register(_figures[name])
    return registry


def forget() -> None:
    """Ask everything anew; for tests."""
    _figures.clear()
