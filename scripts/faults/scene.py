"""All that a fault needs: the set-up, the people, the mail server, and what was told until now."""

import os
import signal
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from redis import Redis

from scripts.faults.accounts import Account
from scripts.faults.mailbox import Mailbox
from scripts.faults.told import Told
from scripts.production import Production

BACK_SECONDS = 60


@dataclass
class Scene:
    production: Production
    told: Told
    mailbox: Mailbox
    slugs: list[str]
    # The first one's organization gets a logo, the others write listings
    editors: list[Account]
    signups: int
    # Deaths by which a mail may go twice: who had it in hand could not write that it has gone
    deaths: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def check(self, holds: bool, otherwise: str) -> None:
        """Note what should be so and is not."""
        if not holds:
            self.wrong.append(f"{self.told.phase.name}: {otherwise}")

    @property
    def redis(self) -> Redis:
        return Redis.from_url(self.production.redis_url)

    def kill(self, *names: str) -> None:
        """All that these have started goes with them, as when a container is killed. Waits until they are back."""
        phase, before = self.told.phase, {name: self.production.processes[name].starts for name in names}
        at = time.monotonic()
        for name in names:
            self.deaths[name.partition("-")[0]] += 1
            for pid in [*children_of(self.production.processes[name].pid), self.production.processes[name].pid]:
                with suppress(ProcessLookupError):
                    os.kill(pid or 0, signal.SIGKILL) if pid else None
        for name in names:
            process = self.production.processes[name]
            self.until(lambda name=name, process=process: process.starts > before[name], f"{name} was not started")
            self.production.wait_for(name, BACK_SECONDS)
        phase.back_after = time.monotonic() - at
        forget_connections()

    def until(self, holds: Callable[[], bool], otherwise: str, seconds: float = BACK_SECONDS) -> bool:
        """Wait for something that must become so."""
        limit = time.monotonic() + seconds
        while not (is_so := _asked(holds)) and time.monotonic() < limit:
            time.sleep(0.1)
        self.check(is_so, otherwise)
        return is_so


def _asked(holds: Callable[[], bool]) -> bool:
    try:
        return holds()
    except Exception:  # what is asked may be away just now
        forget_connections()
        return False


def forget_connections() -> None:
    """Those of this process to the database: one that died is not opened anew by itself outside of a request."""
    from django.db import connections

    connections.close_all()


def children_of(pid: int | None) -> list[int]:
    """All that a process has started, and what those have."""
    try:
        direct = [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []
    return [one for child in direct for one in (*children_of(child), child)]
