"""Asks each server every second how far it has come, so that no request has to.

Each web process has a thread of its own for each server: one that does not answer holds up none of the others, and is
left out because nothing has been heard of it.
"""

import logging
import os
import random
import time
from collections.abc import Callable, Sequence
from threading import Event, Lock, Thread
from typing import Any

import psycopg
from django.conf import settings
from django.db import connections

from portal.replicas.choice import PRIMARY
from portal.replicas.course import Course, Standing

EVERY_SECONDS = 1.0
# A replica on which a request failed is left out for so long, whatever it says of itself.
PAUSE_SECONDS = 5.0
# The first request of a process waits so long for the first answers.
FIRST_ANSWER_SECONDS = 1.0

logger = logging.getLogger(__name__)

_POSITION = """
SELECT pg_is_in_recovery(),
    (CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_flush_lsn() END - '0/0')::bigint,
    (coalesce(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_receive_lsn() END, '0/0') - '0/0')::bigint
"""


class Watch:
    """The replicas as this process sees them."""

    def __init__(self, replicas: Sequence[str], limit: float) -> None:
        self.course = Course(limit)
        self.standings = {name: Standing(self.course) for name in replicas}
        # Each process prefers another one, and comes back to it: so they share the work, and none changes needlessly.
        self._preferred = random.sample(list(replicas), len(replicas))
        self._answers = [Event() for _server in (PRIMARY, *replicas)]
        self._ended = Event()

    def start(self) -> None:
        for (name, told), answered in zip(self._listeners(), self._answers, strict=True):
            parameters = {**connections[name].get_connection_params(), "autocommit": True}
            Thread(target=self._ask, args=(name, parameters, told, answered), daemon=True, name=f"watch {name}").start()
        latest = time.monotonic() + FIRST_ANSWER_SECONDS
        for answered in self._answers:
            answered.wait(max(0.0, latest - time.monotonic()))

    def stop(self) -> None:
        self._ended.set()

    def usable(self) -> list[str]:
        """The replicas that may be read from now, the preferred one first."""
        now = time.monotonic()
        return [name for name in self._preferred if self.standings[name].is_usable(now)]

    def silent(self) -> set[str]:
        """The replicas of which nothing has been heard in the last seconds."""
        now = time.monotonic()
        return {name for name, standing in self.standings.items() if not standing.answers(now)}

    def leave_out(self, name: str) -> None:
        """A request failed there."""
        self.standings[name].leave_out(PAUSE_SECONDS)
        logger.warning("A request failed on %s; it is left out for %s seconds", name, PAUSE_SECONDS)

    def _listeners(self) -> list[tuple[str, Callable[[bool, int, int], None]]]:
        def of_primary(is_copy: bool, position: int, received: int) -> None:
            if not is_copy:
                self.course.primary_is_at(position, time.monotonic())

        def of(standing: Standing) -> Callable[[bool, int, int], None]:
            def told(is_copy: bool, position: int, received: int) -> None:
                if is_copy:
                    standing.is_at(position, received, time.monotonic())
                else:
                    standing.falls_silent()  # it has become a primary: it goes its own way

            return told

        return [(PRIMARY, of_primary), *((name, of(standing)) for name, standing in self.standings.items())]

    def _ask(self, name: str, parameters: dict[str, Any], told: Callable[..., None], answered: Event) -> None:
        connection = None
        was_there = True
        while not self._ended.is_set():
            try:
                if connection is None or connection.closed:
                    connection = psycopg.connect(**parameters)
                row = connection.execute(_POSITION).fetchone()
                assert row is not None
                told(*row)
                is_there = True
            except psycopg.Error as error:
                is_there = False
                if name in self.standings:
                    self.standings[name].falls_silent()
                if was_there:
                    logger.warning("%s does not answer: %s", name, type(error).__name__)
                if connection is not None:
                    connection.close()
            if is_there and not was_there:
                logger.warning("%s answers again", name)
            was_there = is_there
            answered.set()
            self._ended.wait(EVERY_SECONDS)
        if connection is not None:
            connection.close()


_watch: Watch | None = None
_beginning = Lock()


def watch() -> Watch:
    """The watch of this process; it begins with the first request that may use a replica."""
    global _watch
    if _watch is None:
        with _beginning:
            if _watch is None:
                begun = Watch(settings.REPLICAS, settings.REPLICA_LAG_SECONDS)
                begun.start()
                _watch = begun
    return _watch


def forget() -> None:
    """Begin anew: threads do not come along into a process that is split off."""
    global _watch, _beginning
    _watch, _beginning = None, Lock()


os.register_at_fork(after_in_child=forget)
