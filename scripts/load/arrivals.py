"""Requests that come at a rate of their own, whether or not those before have been answered.

People do not wait for each other. Each request has a moment at which it is due; how long it took is counted from then,
also when nobody was free to send it (no coordinated omission). Gaps are random, as people are (a Poisson process).
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import accumulate
from queue import SimpleQueue
from random import Random
from threading import Lock, Thread

from scripts.load.journeys import Ask, Journey, Lost
from scripts.load.visitor import Answer, Visitor

# Of a hundred requests.
READERS, EDITORS, MODERATORS = "reader", "editor", "moderator"
SHARES = {READERS: 95, EDITORS: 4, MODERATORS: 1}
# What readers ask for, of a hundred of their requests.
READ = {
    "start": 10,
    "list": 28,
    "search": 18,
    "listing": 30,
    "organization": 5,
    "week or map": 3,
    "rules or page": 3,
    "feed": 2,
    "calendar": 1,
}
PAGES_OF_A_VISIT = 8  # then the reader goes, and another one comes with a connection of their own


@dataclass
class Seen:
    """What became of the requests of one span of time."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    errors: Counter[str] = field(default_factory=Counter)
    different: set[str] = field(default_factory=set)
    _lock: Lock = field(default_factory=Lock)

    def note(self, kind: str, path: str, seconds: float, error: str) -> None:
        with self._lock:
            self.seconds.setdefault(kind, []).append(seconds)
            if kind.startswith(READERS):
                self.different.add(path)
            if error:
                self.errors[f"{kind}: {error}"] += 1


class Addresses:
    """Readers' addresses, the first of each kind asked for often, the second half as often, and so on."""

    def __init__(self, addresses: Mapping[str, Sequence[str]]) -> None:
        self._addresses = addresses
        self._weights = {
            kind: list(accumulate(1 / place for place in range(1, len(those) + 1))) for kind, those in addresses.items()
        }

    def draw(self, chance: Random) -> tuple[str, str]:
        kind = chance.choices(list(READ), READ.values())[0]
        return kind, chance.choices(self._addresses[kind], cum_weights=self._weights[kind])[0]


class Crowd:
    """All who come, each in a thread that waits until a request is due."""

    def __init__(
        self,
        addresses: Addresses,
        readers: Sequence[Visitor],
        signed_in: Mapping[str, Sequence[tuple[Visitor, Callable[[], Journey]]]],
    ) -> None:
        self.addresses = addresses
        self.seen = Seen()
        self._shares = {kind: SHARES[kind] for kind in (READERS, *signed_in)}
        self._due: dict[str, SimpleQueue[float | None]] = {kind: SimpleQueue() for kind in SHARES}
        self._chance = Random(11)  # noqa: S311
        self._threads = [Thread(target=self._read, args=(visitor, n), daemon=True) for n, visitor in enumerate(readers)]
        for kind, people in signed_in.items():
            self._threads += [Thread(target=self._work, args=(kind, *one), daemon=True) for one in people]

    @contextmanager
    def here(self) -> Iterator[None]:
        for thread in self._threads:
            thread.start()
        try:
            yield
        finally:
            for kind in SHARES:
                for _thread in self._threads:
                    self._due[kind].put(None)

    def come(self, rate: float, seconds: float) -> Seen:
        """So many requests a second for so long; what was seen of them when the last one was answered."""
        self.seen = seen = Seen()
        kinds, weights = list(self._shares), list(self._shares.values())
        sent = 0
        due = time.monotonic()
        end = due + seconds
        while (due := due + self._chance.expovariate(rate)) < end:
            time.sleep(max(0, due - time.monotonic()))
            self._due[self._chance.choices(kinds, weights)[0]].put(due)
            sent += 1
        limit = time.monotonic() + 60
        while sum(map(len, seen.seconds.values())) < sent and time.monotonic() < limit:
            time.sleep(0.02)
        return seen

    def _read(self, visitor: Visitor, number: int) -> None:
        chance = Random(number)  # noqa: S311
        pages = 0
        while (due := self._due[READERS].get()) is not None:
            seen = self.seen
            kind, path = self.addresses.draw(chance)
            answer = visitor.get(path, is_read=False)
            error = "" if answer.status == 200 else f"{answer.status} {path}"
            seen.note(f"{READERS}: {kind}", path, time.monotonic() - due, error)
            pages += 1
            if pages % PAGES_OF_A_VISIT == 0:
                visitor.leave()

    def _work(self, kind: str, visitor: Visitor, begin: Callable[[], Journey]) -> None:
        journey = begin()
        ask: Ask = next(journey)
        while (due := self._due[kind].get()) is not None:
            seen = self.seen
            answer = visitor.get(ask.path) if ask.data is None else visitor.post(ask.path, ask.data)
            error = "" if answer.status in ask.expected else f"{answer.status} {ask.path}"
            seconds = time.monotonic() - due
            following, lost = _go_on(journey, answer) if not error else (None, "")
            seen.note(ask.kind, ask.path, seconds, error or lost)
            if following is None:
                journey = begin()
                following = next(journey)
            ask = following


def _go_on(journey: Journey, answer: Answer) -> tuple[Ask | None, str]:
    try:
        return journey.send(answer), ""
    except Lost as error:
        return None, str(error)
