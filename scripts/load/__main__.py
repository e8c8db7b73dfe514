"""`make load`: fills the set-up of production, lets people come to it at a steady rate, then more and more of them.

LOAD_DIR keeps the filled database for the next time. LOAD_SECONDS says how long the steady part takes, LOAD_WARM_UP how
long it is kept up before, and LOAD_RATE how many requests a second come in it; without, 60 of 100 that the machine bore
when asked shortly. LOAD_WEB: how many web processes.
"""

import json
import os
import re
import secrets
import signal
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from scripts.load import tables
from scripts.load.arrivals import EDITORS, MODERATORS, READERS, Addresses, Crowd, Seen
from scripts.load.journeys import editor, moderator
from scripts.load.kept import ProxyLog, kept_pages
from scripts.load.processes import Watch, processor_seconds
from scripts.load.visitor import Visitor
from scripts.load.warming import meet_every_page
from scripts.production import Production
from scripts.production.machine import Missing

SIZE = int(os.environ.get("LOAD_SIZE", "100000"))
SECONDS = float(os.environ.get("LOAD_SECONDS", "300"))
RATE = float(os.environ.get("LOAD_RATE", "0"))
WEB = int(os.environ.get("LOAD_WEB", "3"))
WARM_UP = float(os.environ.get("LOAD_WARM_UP", "180"))
# All listings are decided on: one that an organization with a good record publishes at once is not found waiting.
SETTINGS = {"TRUST_PUBLISHED": "0"}
STEP_SECONDS, FASTER = 15.0, 1.25
FIRST_RATE = 15.0
SLOW = 1000.0  # milliseconds: whoever waits longer thinks that it is broken
PART = 0.6
MOST_GROWTH = 0.05
FAULT = re.compile(r'"level": ?"(ERROR|CRITICAL)"|Traceback')
# Who signs in is so few that each comes to the end of what they do.
VISITORS = {READERS: 120, EDITORS: 6, MODERATORS: 3}
# What is bounded by its own settings, and fills until there: the cache, whose limit is in docker-compose.yml.
BOUNDED = ("redis",)


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


def prepare(production: Production) -> dict[str, Any]:
    """Listings, once for a folder; people who sign in, and readers' addresses."""
    mark = production.folder / "filled"
    if not mark.exists():
        say(f"Making {SIZE:,} listings, which takes some minutes")
        production.manage("make_listings", str(SIZE), "--yes")
        mark.touch()
    numbers = str(VISITORS[EDITORS]), str(VISITORS[MODERATORS])
    said = production.run(sys.executable, "-m", "scripts.load.people", *numbers)
    return json.loads(said.splitlines()[-1])


def crowd_of(production: Production, made: Mapping[str, Any]) -> Crowd:
    """Everybody, at an address of their own; who has to sign in has done it."""
    numbers = iter(range(10, 1000))
    trust = production.trust

    def visitor() -> Visitor:
        number = next(numbers)
        return Visitor(production.url, trust, f"127.0.{1 + number // 250}.{1 + number % 250}")

    editors, moderators = [], []
    for number, one in enumerate(made["editors"]):
        person = visitor()
        person.sign_in(one["email"], made["password"])
        editors.append((person, partial(editor, one["organization"], Random(number))))  # noqa: S311
    for number, one in enumerate(made["moderators"]):
        person = visitor()
        person.sign_in(one["email"], made["password"], one["secret"])
        moderators.append((person, partial(moderator, Random(number))))  # noqa: S311
    readers = [visitor() for _ in range(VISITORS[READERS])]
    return Crowd(Addresses(made["addresses"]), readers, {EDITORS: editors, MODERATORS: moderators})


class Run:
    """The parts of one run, and what they found wrong."""

    def __init__(self, production: Production, crowd: Crowd, token: str) -> None:
        self.production, self.crowd, self.token = production, crowd, token
        self.wrong: list[str] = []

    def pids(self) -> dict[str, int | None]:
        return {name: process.pid for name, process in self.production.processes.items()}

    def faster_and_faster(self, rate: float, title: str) -> float:
        """Until answers are slow or wrong. The highest rate that was borne."""
        say(f"\n{title}\n")
        rows: list[list[object]] = []
        borne, is_second_try = 0.0, False
        while True:
            before, begin = processor_seconds(self.pids()), time.monotonic()
            seen = self.crowd.come(rate, STEP_SECONDS)
            seconds = time.monotonic() - begin
            used = {name: value - before.get(name, 0) for name, value in processor_seconds(self.pids()).items()}
            values = [value for those in seen.seconds.values() for value in those]
            high = tables.share(values, 0.95)
            errors = sum(seen.errors.values())
            rows.append(
                [f"{rate:.0f}", len(values), errors, *(f"{tables.share(values, p):,.0f}" for p in (0.5, 0.95, 0.99))]
            )
            say(f"{rate:.0f} a second: p95 {high:,.0f} ms, {errors} errors")
            if high <= SLOW and not errors:
                borne, rate, is_second_try = rate, rate * FASTER, False
            elif errors or is_second_try:
                break
            else:  # the machine may have had something else to do
                is_second_try = True
        say("\n" + tables.table(["requests a second", "count", "errors", "p50 ms", "p95 ms", "p99 ms"], rows))
        say(f"\nBorne: {borne:.0f} a second; too many: {rate:.0f}. Where the processors were then:\n")
        say(tables.of_use(used, seconds, len(values)))
        self._tell_errors(seen)
        return borne

    def steady(self, rate: float) -> None:
        """People come at one rate for the whole time."""
        say(f"\nSteady: {rate:.0f} requests a second for {SECONDS:.0f} seconds after {WARM_UP:.0f} of warm-up")
        warm = self.crowd.come(rate, WARM_UP)
        log, pages = ProxyLog(self.production), kept_pages(self.production, self.token)
        before = processor_seconds(self.pids())
        with Watch(self.pids) as watch:
            seen = self.crowd.come(rate, SECONDS)
        used = {name: value - before.get(name, 0) for name, value in processor_seconds(self.pids()).items()}
        say("\n" + tables.of_kinds(seen))
        say(f"\nReaders asked for {len(seen.different):,} different addresses.")
        self._tell_kept(log, kept_pages(self.production, self.token) - pages)
        growth = watch.growth(0)
        say("\n" + tables.of_memory(growth))
        say("\nThe web processes together, minute by minute: " + tables.by_minute(watch.samples, "web") + " MB.")
        say("\n" + tables.of_use(used, SECONDS, sum(map(len, seen.seconds.values()))))
        self._tell_errors(warm)
        self._tell_errors(seen)
        if seen.errors or warm.errors:
            self.wrong.append("there were errors")
        for name, one in growth.items():
            if tables.grown(one) > MOST_GROWTH and name not in BOUNDED:
                self.wrong.append(f"{name} has grown by {tables.grown(one):.1%}")

    def _tell_kept(self, log: ProxyLog, pages: Mapping[str, int]) -> None:
        answers = log.answers()
        for title, counts in (("The proxy", answers), ("Pages that the portal keeps", pages)):
            total = max(1, sum(counts.values()))
            parts = ", ".join(f"{name.lower()} {count / total:.0%}" for name, count in sorted(counts.items()))
            say(f"{title}: {parts} of {total:,}.")

    def _tell_errors(self, seen: Seen) -> None:
        for what, count in seen.errors.most_common(20):
            say(f"ERROR {count} times: {what}")

    def read_logs(self) -> None:
        """What the processes wrote of their own accord is a fault, too."""
        for path in sorted((self.production.folder / "logs").glob("*.log")):
            lines = [line for line in path.read_text(errors="replace").splitlines() if FAULT.search(line)]
            for line in lines[-5:]:
                say(f"{path.name}: {line[:2000]}")
            if lines:
                self.wrong.append(f"{len(lines)} errors in {path.name}")


def main() -> None:
    token = secrets.token_urlsafe(30)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped"))  # and nothing is left running
    with ExitStack() as stack:
        folder = Path(os.environ.get("LOAD_DIR") or stack.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(parents=True, exist_ok=True)
        for log in folder.glob("logs/*.log"):
            log.unlink()
        (folder / "proxy" / "access.log").unlink(missing_ok=True)
        production = Production(folder, copies={"web": WEB}, environment={"METRICS_TOKEN": token, **SETTINGS})
        stack.enter_context(production)
        made = prepare(production)
        crowd = crowd_of(production, made)
        known = sum(map(len, made["addresses"].values()))
        say(f"{made['public']:,} public listings; readers know {known:,} addresses; {WEB} web processes")
        stack.enter_context(crowd.here())
        run = Run(production, crowd, token)
        begin = time.monotonic()
        meet_every_page(production, [path for those in made["addresses"].values() for path in those])
        say(f"Each web process has met every page, which took {time.monotonic() - begin:.0f} seconds")
        crowd.come(FIRST_RATE, 10)
        rate = RATE or PART * run.faster_and_faster(FIRST_RATE, "How much the machine bears, asked shortly")
        if not rate:
            raise SystemExit(f"The machine does not bear {FIRST_RATE:.0f} requests a second.")
        run.steady(rate)
        run.faster_and_faster(rate, "More and more")
        run.read_logs()
        if run.wrong:
            raise SystemExit("\n" + "; ".join(run.wrong))
        say("\nNo errors, and nothing has grown.")


if __name__ == "__main__":
    try:
        main()
    except Missing as error:
        raise SystemExit(str(error)) from error
