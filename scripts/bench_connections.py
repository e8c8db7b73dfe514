"""Measures what the choice of database connections costs: one for each thread, a pool in each process, PgBouncer.

Two gunicorn workers of four threads, sixteen visitors: the list page that is kept (one question to the database) and
many different lists (some ten). Needs PostgreSQL (TEST_POSTGRES_URL) and wrk; PgBouncer is measured where it is
installed. BENCH_SIZE and BENCH_SECONDS as for bench_http.py.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlsplit

import psycopg
from bench import databases
from bench_http import PAGE, PORTAL, SIZE, WARM_UP_SECONDS, Server, different_lists, prepare, say

POOL = 2
POOLER = """[databases]
* = host={host} port={port} user={user}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {own_port}
auth_type = any
pool_mode = transaction
default_pool_size = 4
unix_socket_dir =
ignore_startup_parameters = extra_float_digits
"""


class Counter:
    """The most connections that the server has at once while something runs."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._ended = Event()
        self.most = 0

    def __enter__(self) -> "Counter":
        self._thread = Thread(target=self._count)
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._ended.set()
        self._thread.join()

    def _count(self) -> None:
        question = (
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        with psycopg.connect(self._address, autocommit=True) as connection:
            while not self._ended.wait(0.2):
                row = connection.execute(question).fetchone()
                self.most = max(self.most, row[0] if row else 0)


@contextmanager
def pooler(address: str, folder: Path) -> Iterator[str]:
    """PgBouncer before a server; gives the address that leads through it."""
    parts = urlsplit(address)
    own_port = (parts.port or 5432) + 1
    settings = folder / "pgbouncer.ini"
    settings.write_text(POOLER.format(host=parts.hostname, port=parts.port, user=parts.username, own_port=own_port))
    folder.chmod(0o755)
    as_server = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    process = subprocess.Popen([*as_server, "pgbouncer", "-q", str(settings)])
    try:
        time.sleep(1)
        yield parts._replace(netloc=f"{parts.username}@{parts.hostname}:{own_port}").geturl()
    finally:
        process.terminate()
        process.wait()


def measure(label: str, environment: dict[str, str], address: str) -> None:
    lists = different_lists()
    with Server("gunicorn", PORTAL, environment) as portal, Counter(address) as counter:
        portal.measure(PAGE, seconds=2)
        kept = portal.measure(PAGE)
        portal.measure("/", paths=[f"{PAGE}?page={number}" for number in range(1, SIZE // 20)], seconds=WARM_UP_SECONDS)
        different = portal.measure("/", paths=lists)
    cells = "".join(f"{one.rate:>9.0f}{one.high_ms:>8.1f}{one.cpu_ms:>8.2f}" for one in (kept, different))
    say(f"{label:<26}{cells}{counter.most:>8}")


def main() -> None:
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is missing: apt-get install wrk")
    address = databases().get("PostgreSQL", "")
    if not address:
        raise SystemExit("PostgreSQL is missing: set TEST_POSTGRES_URL, or run scripts/with_services.")
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "VAR_DIR": folder, "SECRET_KEY": "bench", "DATABASE_URL": address}
        prepare(environment)
        say(f"{'':<26}{'kept: requests/s, p95, CPU ms':>25}{'lists: the same':>25}{'connections':>8}")
        measure("one for each thread", environment, address)
        measure(f"a pool of {POOL} a process", {**environment, "DATABASE_POOL_SIZE": str(POOL)}, address)
        if shutil.which("pgbouncer") is None:
            say("PgBouncer is not installed.")
            return
        with tempfile.TemporaryDirectory() as place, pooler(address, Path(place)) as through:
            behind = {**environment, "DATABASE_URL": through, "DATABASE_BEHIND_POOLER": "true"}
            measure("PgBouncer, 4 for all", behind, address)


if __name__ == "__main__":
    sys.exit(main())
