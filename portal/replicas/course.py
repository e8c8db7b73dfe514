"""How far the newest server has come and since when: which position a replica has to have reached.

A position is that of the write-ahead log, in bytes. The time of the last replayed transaction would not do: it is old
when the primary is idle, and says nothing when the connection between the two is broken. Instead each process
remembers where the primary was in the last seconds. A replica is right when it has reached where the primary was
`limit` seconds ago. That holds when the primary is idle (its position stays) and when it is down: then the last known
position, and what the replicas have received, is all there is.
"""

import time
from collections import deque
from threading import Lock

# For so long after its last answer a server counts as there. The questions come each second.
HEARD_SECONDS = 3.0


class Course:
    """The newest position at each time. Asked and told by several threads; `now` is that of `time.monotonic()`."""

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self._passed: deque[tuple[float, int]] = deque()
        self._primary_heard = float("-inf")
        self._lock = Lock()

    def primary_is_at(self, position: int, now: float) -> None:
        with self._lock:
            self._primary_heard = now
            if self._passed and position < self._passed[-1][1]:
                self._passed.clear()  # another server has become the primary: what it lacks is lost
            self._pass(position, now)

    def replica_has_received(self, position: int, now: float) -> None:
        """What a replica has, tells how far the primary was, as long as the primary does not say so itself."""
        with self._lock:
            if now - self._primary_heard > HEARD_SECONDS:
                self._pass(position, now)

    def _pass(self, position: int, now: float) -> None:
        if not self._passed or position > self._passed[-1][1]:
            self._passed.append((now, position))
        while len(self._passed) > 1 and self._passed[1][0] <= now - self.limit:
            self._passed.popleft()

    def to_be_reached(self, now: float) -> int | None:
        """The position of `limit` seconds ago; the first one known counts at once. None: nobody has answered."""
        with self._lock:
            if not self._passed:
                return None
            reached = [position for at, position in self._passed if at <= now - self.limit]
            return reached[-1] if reached else self._passed[0][1]


class Standing:
    """What is known of one replica."""

    def __init__(self, course: Course) -> None:
        self._course = course
        self._position = 0
        self._heard = float("-inf")
        self._left_out_until = float("-inf")

    def is_at(self, replayed: int, received: int, now: float) -> None:
        self._course.replica_has_received(max(replayed, received), now)
        self._position, self._heard = replayed, now

    def falls_silent(self) -> None:
        self._heard = float("-inf")

    def leave_out(self, seconds: float) -> None:
        self._left_out_until = time.monotonic() + seconds

    def answers(self, now: float) -> bool:
        return now - self._heard <= HEARD_SECONDS

    def is_usable(self, now: float) -> bool:
        needed = self._course.to_be_reached(now)
        is_there = self.answers(now) and now >= self._left_out_until
        return is_there and needed is not None and self._position >= needed
