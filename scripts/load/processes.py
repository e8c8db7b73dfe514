"""What the processes of the set-up use: memory now and then over a run, and processor time between two moments."""

import os
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from statistics import mean
from threading import Event, Thread

LOOKS_EVERY = 5  # seconds
TICKS = os.sysconf("SC_CLK_TCK")


def _stat(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def families(roots: Mapping[str, int | None]) -> dict[str, list[int]]:
    """The numbers of each process and of all that it has started."""
    parents: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            parents[int(path.name)] = int(_stat(int(path.name))[1])
    names = {pid: name for name, pid in roots.items() if pid}
    found: dict[str, list[int]] = {name: [] for name in roots}
    for pid in parents:
        above: int | None = pid
        while above and above not in names:
            above = parents.get(above)
        if above:
            found[names[above]].append(pid)
    return found


def _memory_of(pid: int) -> tuple[float, float]:
    """Megabytes: with its share of what it has in common with others, and what is its alone and in no file."""
    lines = (line.split() for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:])
    kilobytes = {words[0]: int(words[1]) for words in lines}
    return kilobytes["Pss:"] / 1024, kilobytes["Pss_Anon:"] / 1024


def memory(roots: Mapping[str, int | None]) -> dict[str, tuple[float, float]]:
    """By name, each with all that it has started."""
    found = {}
    for name, pids in families(roots).items():
        whole = own = 0.0
        for pid in pids:
            with suppress(OSError):
                one_whole, one_own = _memory_of(pid)
                whole, own = whole + one_whole, own + one_own
        found[name] = (whole, own)
    return found


def processor_seconds(roots: Mapping[str, int | None]) -> dict[str, float]:
    """What each has used since it started, with its children, those that ended too.

    `load` is this process, and `others` all that is not ours on the machine, without what waited for a disk.
    """
    used = {}
    for name, pids in {**families(roots), "load": [os.getpid()]}.items():
        used[name] = 0.0
        for pid in pids:
            with suppress(OSError):
                fields = _stat(pid)
                used[name] += sum(int(field) for field in fields[11:15]) / TICKS
    user, nice, system, _idle, _disk, *interrupts = map(int, Path("/proc/stat").read_text().split()[1:9])
    used["others"] = (user + nice + system + sum(interrupts)) / TICKS - sum(used.values())
    return used


class Watch:
    """Looks at the memory of all processes while something runs."""

    def __init__(self, roots: Callable[[], Mapping[str, int | None]]) -> None:
        self._roots = roots
        self._ended = Event()
        self._begin = time.monotonic()
        self.samples: list[tuple[float, dict[str, tuple[float, float]]]] = []

    def __enter__(self) -> "Watch":
        self._thread = Thread(target=self._look, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(LOOKS_EVERY):
            self.samples.append((time.monotonic() - self._begin, memory(self._roots())))

    def growth(self, warm_up: float) -> dict[str, tuple[float, float, float, float]]:
        """By name: the whole at first and at last, and what is its own at first and at last, in MB.

        First and last are means of the first and the last fifth of what was seen after the warm-up.
        """
        samples = [sample for at, sample in self.samples if at >= warm_up]
        fifth = max(1, len(samples) // 5)
        return {
            name: (
                mean(sample[name][0] for sample in samples[:fifth]),
                mean(sample[name][0] for sample in samples[-fifth:]),
                mean(sample[name][1] for sample in samples[:fifth]),
                mean(sample[name][1] for sample in samples[-fifth:]),
            )
            for name in samples[0]
        }
