"""What people were told: how each request ended, and which writes the portal said it had done."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

OK = "ok"


@dataclass
class Phase:
    """One fault, from its beginning until the next one. Times are those of `time.monotonic`."""

    name: str
    began: float
    ended: float = 0.0
    # (kind of people, how it ended): how many requests
    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    last_error: float = 0.0
    back_after: float = 0.0
    note: str = ""

    def count(self, *kinds: str) -> int:
        return sum(number for (kind, _outcome), number in self.outcomes.items() if kind in kinds)

    def errors(self, *kinds: str) -> Counter[str]:
        found: Counter[str] = Counter()
        for (kind, outcome), number in self.outcomes.items():
            if kind in kinds and outcome != OK:
                found[outcome] += number
        return found

    @property
    def errors_ended_after(self) -> float:
        return max(0.0, self.last_error - self.began)


class Told:
    """All phases, and all acknowledged writes: `(what, key, value)`, as ("venue", 12, "Talo 4")."""

    def __init__(self) -> None:
        self.phases: list[Phase] = []
        self.acknowledged: list[tuple[str, int | str, str]] = []
        self._lock = Lock()

    @property
    def phase(self) -> Phase:
        return self.phases[-1]

    @contextmanager
    def during(self, name: str) -> Iterator[Phase]:
        """Whatever ends from now on belongs to this phase."""
        phase = Phase(name, time.monotonic())
        with self._lock:
            self.phases.append(phase)
        try:
            yield phase
        finally:
            phase.ended = time.monotonic()

    def saw(self, kind: str, outcome: str) -> None:
        """A request of somebody has ended."""
        with self._lock:
            self.phase.outcomes[kind, outcome] += 1
            if outcome != OK:
                self.phase.last_error = time.monotonic()

    def done(self, what: str, key: int | str, value: str = "") -> None:
        """The portal has said that a write is done."""
        with self._lock:
            self.acknowledged.append((what, key, value))

    def of(self, what: str) -> list[tuple[int | str, str]]:
        return [(key, value) for one, key, value in self.acknowledged if one == what]
