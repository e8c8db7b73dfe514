"""Keeps processes running, as `restart: unless-stopped` does, and stops them in order."""

import signal
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event, RLock, Thread

from scripts.production.process import Process

LOOKS_EVERY = 0.1


class Unhealthy(Exception):
    """A process did not begin to work in time."""


class Supervisor:
    def __init__(self, note: Callable[[], None]) -> None:
        self.processes: dict[str, Process] = {}
        self._note = note
        self._lock = RLock()
        self._ends = Event()
        self._watcher = Thread(target=self._watch, name="supervisor", daemon=True)

    def add(self, *processes: Process, seconds: float = 120) -> None:
        """Start them side by side, and wait until they work."""
        with self._lock:
            for process in processes:
                self.processes[process.name] = process
                process.start()
        if not self._watcher.is_alive():
            self._watcher.start()
        for process in processes:
            self.wait_for(process, seconds)
        self._note()

    def wait_for(self, process: Process, seconds: float = 60) -> None:
        wait_until(lambda: process.is_alive and process.is_healthy(), process, seconds)

    def stop(self, *names: str, number: int = signal.SIGTERM, seconds: float = 30) -> None:
        """Side by side, and wait until they are gone. They stay away until somebody starts them."""
        with ThreadPoolExecutor(max(len(names), 1)) as threads:
            for name in names:
                threads.submit(self.processes[name].stop, number, seconds)
        self._note()

    def start(self, *names: str) -> None:
        self.add(*(self.processes[name] for name in names))

    def stop_all(self, last: Sequence[str], signals: Mapping[str, int]) -> None:
        """All side by side, and `last` those that the others need. `signals`: who stops by another one than TERM."""
        self._ends.set()
        if self._watcher.is_alive():
            self._watcher.join()
        for these in ([name for name in self.processes if name not in last], [*last]):
            with ThreadPoolExecutor(max(len(these), 1)) as threads:
                for name in these:
                    if name in self.processes:
                        threads.submit(self.processes[name].stop, signals.get(name, signal.SIGTERM))

    def _watch(self) -> None:
        while not self._ends.wait(LOOKS_EVERY):
            started = self._starts()
            for process in list(self.processes.values()):
                with self._lock:
                    process.start_again_if_dead()
            if self._starts() != started:
                self._note()

    def _starts(self) -> int:
        return sum(process.starts for process in self.processes.values())


def wait_until(holds: Callable[[], bool], process: Process, seconds: float) -> None:
    limit = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > limit:
            last = process.log.read_text(errors="replace")[-3000:] if process.log.exists() else ""
            raise Unhealthy(f"{process.name} does not work after {seconds:g} seconds. Its log ends so:\n{last}")
        time.sleep(0.05)
