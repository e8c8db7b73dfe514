"""Measures the rules, the public pages and the search, on each database that is there, and prints tables.

Times are in milliseconds of server time in one process; compare them within one run. First with the demo listings,
then with 10,000 and 100,000 synthetic ones; with BENCH_MILLION=1 with a million too, which takes an hour.
"""

import io
import os
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import chain
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "listings" / "imports" / "demo_listings.jsonl"
PAGES = {
    "start page": "/fi/",
    "list, no filter": "/fi/activities/",
    "list, three filters": "/fi/activities/?form=language_club&free=yes&weekday=mon",
    "list, a word": "/fi/activities/?words=kielikahvila",
    "list, nothing found": "/fi/activities/?words=xyzzy",
    "content page": "/fi/pages/about/",
}
RUNS = 30


def medians(label: str, call, runs: int = RUNS) -> tuple[str, float, float]:
    """The median and the 95th percentile of a call in milliseconds, after one run that does not count."""
    call()
    times = []
    for _ in range(runs):
        begin = time.perf_counter()
        call()
        times.append(1000 * (time.perf_counter() - begin))
    return label, statistics.median(times), sorted(times)[int(0.95 * len(times))]


def measure() -> None:
    """Measure with the database that the environment names; a line for each figure."""
    sys.path.insert(0, str(ROOT))
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
    import django

    django.setup()
    import json

    from django.core.management import call_command
    from django.test import Client

    from listings.eligibility import Answers, check
    from listings.rule_set import current_rule_set

    call_command("migrate", verbosity=0)
    call_command("load_reference")
    call_command("collectstatic", verbosity=0, interactive=False)
    begin = time.perf_counter()
    call_command("import_listings", str(DEMO), "--publish", "--move-dates", stdout=io.StringIO())
    print(f"{'import of 89 listings, each':<28}{1000 * (time.perf_counter() - begin) / 89:>9.2f}")  # noqa: T201
    answers = [Answers.from_data(json.loads(line)) for line in DEMO.read_text(encoding="utf-8").splitlines()]
    rule_set = current_rule_set()
    client = Client(SERVER_NAME="127.0.0.1")
    figures = [medians("rules, one listing", lambda: [check(one, rule_set) for one in answers])]
    figures = [(label, middle / 89, high / 89) for label, middle, high in figures]
    figures += [medians(label, lambda path=path: client.get(path)) for label, path in PAGES.items()]
    for label, middle, high in figures:
        print(f"{label:<28}{middle:>9.2f}{high:>9.2f}")  # noqa: T201
    measure_sizes()


def measure_sizes() -> None:
    """Make listings up to each size, and measure the search there; at last how it grew."""
    from bench_search import measure_answers, measure_rebuild, measure_search, sizes
    from django.core.management import call_command

    medians_by_size: dict[int, dict[str, float]] = {}
    made = 0
    for size in sizes():
        begin = time.perf_counter()
        call_command("make_listings", str(size - made), "--yes", seed=size, stdout=io.StringIO())
        took, made = time.perf_counter() - begin, size
        print(f"\n{f'{size:,} listings':<28}{'median':>9}{'p95':>9}  ms", flush=True)  # noqa: T201
        print(f"{'made and indexed, s':<28}{took:>9.2f}", flush=True)  # noqa: T201
        medians_by_size[size] = {}
        for label, middle, high in chain(measure_search(), measure_rebuild(), measure_answers()):
            medians_by_size[size][label] = middle
            print(f"{label:<28}{middle:>9.2f}{high:>9.2f}", flush=True)  # noqa: T201
    first, last = min(medians_by_size), max(medians_by_size)
    print(f"\nmedians, {last:,} to {first:,}")  # noqa: T201
    for label, middle in medians_by_size[first].items():
        print(f"{label:<28}{medians_by_size[last][label] / middle:>9.2f}")  # noqa: T201


def databases() -> dict[str, str]:
    """The address of an empty database of each kind."""
    found = {"SQLite": ""}
    server = os.environ.get("TEST_POSTGRES_URL", "")
    if server:
        import psycopg

        name = f"portal_bench_{os.getpid()}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        found["PostgreSQL"] = urlsplit(server)._replace(path=f"/{name}").geturl()
    return found


def main() -> None:
    for name, address in databases().items():
        with tempfile.TemporaryDirectory() as folder:
            environment = {**os.environ, "VAR_DIR": folder, "SECRET_KEY": "bench"}
            environment.pop("DATABASE_URL", None)
            if address:
                environment["DATABASE_URL"] = address
            print(f"\n{name:<28}{'median':>9}{'p95':>9}  ms", flush=True)  # noqa: T201
            subprocess.run([sys.executable, __file__, "--measure"], env=environment, check=True)


if __name__ == "__main__":
    measure() if "--measure" in sys.argv else main()
