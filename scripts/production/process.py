"""One process of the set-up: its command, its log, and whether it is meant to run."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

FIRST_PAUSE = 0.1  # seconds; twice as long each time, as Docker does
LONGEST_PAUSE = 5.0
LIVED_WELL = 10.0  # who has lived so long starts again at once


class Process:
    """Runs in a session of its own, so that what it has started goes with it, as in a container."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        environment: Mapping[str, str],
        folder: Path,
        *,
        user: str | None = None,
    ) -> None:
        self.name = name
        self.command = list(command)
        self.environment = dict(environment)
        self.folder = folder
        self.log = folder / "logs" / f"{name}.log"
        self.user = user
        self.is_wanted = False
        self.starts = 0
        self.is_healthy: Callable[[], bool] = lambda: True
        self._running: subprocess.Popen[bytes] | None = None
        self._started = self._pause = self._not_before = 0.0

    @property
    def pid(self) -> int | None:
        return self._running.pid if self._running else None

    @property
    def is_alive(self) -> bool:
        return self._running is not None and self._running.poll() is None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self._running = subprocess.Popen(
                self.command,
                cwd=self.folder,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                user=self.user,
                group=None if self.user is None else group_of(self.user),
                extra_groups=None if self.user is None else [],
            )
        self.is_wanted = True
        self.starts += 1
        self._started = time.monotonic()

    def start_again_if_dead(self) -> None:
        """What Docker does with `restart: unless-stopped`."""
        if not self.is_wanted or self.is_alive:
            return
        now = time.monotonic()
        if not self._not_before:
            self.send_to_all(signal.SIGKILL)
            self._pause = FIRST_PAUSE if now - self._started > LIVED_WELL else min(2 * self._pause, LONGEST_PAUSE)
            self._pause = max(self._pause, FIRST_PAUSE)
            self._not_before = now + self._pause
        if now >= self._not_before:
            self._not_before = 0.0
            self.start()

    def send(self, number: int) -> None:
        if self._running is not None:
            with suppress(ProcessLookupError):
                self._running.send_signal(number)

    def send_to_all(self, number: int) -> None:
        """To the process and all that it has started."""
        if self._running is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._running.pid, number)

    def stop(self, number: int = signal.SIGTERM, seconds: float = 30) -> None:
        """Let it finish what it does; after `seconds` it has to go."""
        self.is_wanted = False
        if self._running is None:
            return
        self.send(number)
        with suppress(subprocess.TimeoutExpired):
            self._running.wait(seconds)
        self.send_to_all(signal.SIGKILL)
        self._running.wait()


def group_of(user: str) -> int:
    import pwd

    return pwd.getpwnam(user).pw_gid
