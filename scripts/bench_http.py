"""Measures public pages over HTTP: requests a second with 16 connections, two workers of a production server.

Each server answers the same pages in one run: a bare Django view with the bytes of the list page (the ceiling), the
list page kept whole, the same when the browser has it already, many different lists with cards that are there, and
those lists rendered plainly. Needs wrk; measures granian beside gunicorn where it is installed. BENCH_SIZE sets how
many listings there are, BENCH_SECONDS how long each figure takes.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import product
from pathlib import Path
from random import Random

from bench import databases

ROOT = Path(__file__).resolve().parent.parent
PAGE = "/fi/activities/"
SIZE = int(os.environ.get("BENCH_SIZE", "5000"))
SECONDS = int(os.environ.get("BENCH_SECONDS", "8"))
CONNECTIONS = 16
# So long all cards are asked for before many lists are.
WARM_UP_SECONDS = 12
WORKERS = 2
PORTAL, BARE = "portal.wsgi:application", "bare_django:application"
# Each thread of wrk goes through every second address.
DIFFERENT = """
local paths, threads, at = {}, 0, 0
for line in io.lines(os.getenv("BENCH_PATHS")) do paths[#paths + 1] = line end
function setup(thread) thread:set("first", threads); threads = threads + 1 end
function request()
  at = at + 1
  return wrk.format("GET", paths[((at - 1) * 2 + first) % #paths + 1])
end
"""
PERCENTILE = """
function done(summary, latency, requests) print(string.format("p95 %.1f", latency:percentile(95) / 1000)) end
"""


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


def prepare(environment: dict[str, str]) -> None:
    """Tables, facts, static files and listings."""
    for command in (
        ["migrate", "--verbosity", "0"],
        ["load_reference"],
        ["compile_catalogues"],
        ["collectstatic", "--noinput", "--verbosity", "0"],
        ["make_listings", str(SIZE), "--yes"],
    ):
        subprocess.run(
            [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL
        )


def different_lists() -> list[str]:
    """Addresses of lists, each another one, so that no page is kept before it is asked for. Some are to warm up."""
    sys.path.insert(0, str(ROOT))
    from portal.vocabulary import codes

    extras = ("", "&free=yes", "&accessible=yes", "&language=fi", "&when=week")
    found = [
        f"{PAGE}?form={form}{extra}{order}&page={page}"
        for form, extra, order, page in product(codes("form"), extras, ("", "&order=newest"), range(1, 9))
    ]
    Random(4).shuffle(found)  # noqa: S311
    return found


SERVERS = {
    "gunicorn": ["gunicorn", "{app}", "--bind", "127.0.0.1:{port}", "--workers", str(WORKERS), "--threads", "4"]
    + ["--log-level", "error"],
    "granian": ["granian", "--interface", "wsgi", "{app}", "--host", "127.0.0.1", "--port", "{port}"]
    + ["--workers", str(WORKERS), "--blocking-threads", "4", "--no-ws", "--log-level", "error"],
}


@dataclass(frozen=True)
class Figure:
    """Requests a second, the 95th percentile of the latency, and what a request costs the server's processes."""

    rate: float
    high_ms: float
    cpu_ms: float


class Server:
    """A server in processes of its own."""

    def __init__(self, name: str, app: str, environment: dict[str, str]) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [sys.executable, "-m", *(part.format(app=app, port=port) for part in SERVERS[name])]
        paths = f"{ROOT}:{ROOT / 'scripts'}"
        self.url = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(command, cwd=ROOT, env={**environment, "PYTHONPATH": paths})
        for _attempt in range(100):
            with suppress(OSError), urllib.request.urlopen(self.url + (PAGE if app != BARE else "/")):
                break
            time.sleep(0.1)

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *error: object) -> None:
        self.process.terminate()
        self.process.wait()

    def cpu_seconds(self) -> float:
        """What its processes have used until now. The machine may do other things; this is the server's own."""
        used = 0.0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                fields = stat.read_text().rpartition(")")[2].split()
                if self.process.pid in (int(stat.parent.name), int(fields[1])):
                    used += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        return used

    def measure(self, path: str, *more: str, seconds: int = SECONDS, paths: Sequence[str] = ()) -> Figure:
        """What wrk says, with one path or many."""
        with tempfile.TemporaryDirectory() as folder:
            script, listed = Path(folder) / "ask.lua", Path(folder) / "paths"
            script.write_text((DIFFERENT if paths else "") + PERCENTILE)
            listed.write_text("\n".join(paths))
            command = ["wrk", "-t2", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", str(script), *more, self.url + path]
            environment = {**os.environ, "BENCH_PATHS": str(listed)}
            before = self.cpu_seconds()
            said = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
            used = self.cpu_seconds() - before
        wrong = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
        if wrong:
            raise SystemExit(f"{wrong[1]} answers of {self.url}{path} were errors.")
        count, rate, high = (
            float(re.findall(pattern, said)[0])
            for pattern in (r"(\d+) requests in", r"Requests/sec: +([\d.]+)", r"p95 ([\d.]+)")
        )
        return Figure(rate, high, 1000 * used / count)


def measure(name: str, environment: dict[str, str]) -> None:
    """All figures of one server."""
    everything = [f"{PAGE}?page={number}" for number in range(1, SIZE // 20)]
    lists = different_lists()
    figures: dict[str, Figure] = {}
    with Server(name, PORTAL, environment) as portal:
        with urllib.request.urlopen(portal.url + PAGE) as response:
            body = Path(environment["BARE_BODY"])
            body.write_bytes(response.read())
            etag = response.headers["ETag"]
        portal.measure(PAGE, seconds=2)
        figures["kept whole"] = portal.measure(PAGE)
        figures["kept whole, sent compressed"] = portal.measure(PAGE, "-H", "Accept-Encoding: gzip")
        figures["the browser has it (304)"] = portal.measure(PAGE, "-H", f"If-None-Match: {etag}")
        portal.measure("/", paths=everything, seconds=WARM_UP_SECONDS)
        figures["different lists, cards there"] = portal.measure("/", paths=lists)
    with Server(name, PORTAL, {**environment, "DJANGO_SETTINGS_MODULE": "plain_portal"}) as plain:
        plain.measure("/", paths=lists[-100:], seconds=3)
        figures["different lists, plainly"] = plain.measure("/", paths=lists)
    with Server(name, BARE, environment) as bare:
        bare.measure("/", seconds=2)
        figures = {f"bare view, {body.stat().st_size} bytes": bare.measure("/"), **figures}
    say(f"\n{name + ', 2 workers':<34}{'requests/s':>12}{'p95 ms':>9}{'CPU ms':>9}")
    for label, one in figures.items():
        say(f"{label:<34}{one.rate:>12.0f}{one.high_ms:>9.1f}{one.cpu_ms:>9.2f}")
    ceiling, whole, _packed, known, different, plainly = figures.values()
    for label, one, other in (
        ("kept whole : bare", whole, ceiling),
        ("304 : kept whole", known, whole),
        ("different lists : plainly", different, plainly),
    ):
        say(f"{label:<34}{one.rate / other.rate:>12.2f}{'by CPU':>9}{other.cpu_ms / one.cpu_ms:>9.2f}")


def main() -> None:
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is missing: apt-get install wrk")
    for database, address in databases().items():
        if os.environ.get("BENCH_ONLY", database) != database:
            continue
        with tempfile.TemporaryDirectory() as folder:
            environment = {**os.environ, "VAR_DIR": folder, "SECRET_KEY": "bench", "BARE_BODY": f"{folder}/body"}
            environment.pop("DATABASE_URL", None)
            if address:
                environment["DATABASE_URL"] = address
            prepare(environment)
            say(f"\n{database}, {SIZE:,} listings")
            for server in SERVERS:
                if find_spec(server):
                    measure(server, environment)


if __name__ == "__main__":
    main()
