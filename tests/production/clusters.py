"""PostgreSQL servers of a test's own on loopback: a primary, and copies that follow it."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import psycopg

from tests.services import free_port

USER, NAME = "portal", "portal"
# What makes a server quick and small; a killed process loses nothing by it, only a machine would.
SPARE = "-c fsync=off -c full_page_writes=off -c shared_buffers=32MB -c max_connections=40 -c wal_level=replica"


def programs() -> Path | None:
    """Where Debian has PostgreSQL's programs; none when it is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


class Server:
    """One server, with its files in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()

    @property
    def url(self) -> str:
        return f"postgres://{USER}@127.0.0.1:{self.port}/{NAME}"

    def run(self, program: str, *arguments: str) -> None:
        """PostgreSQL refuses to run as root; Debian's package brings a user for it."""
        as_server = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        command = [*as_server, str((programs() or Path()) / program), *arguments]
        silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run(command, cwd=self.folder.parent, check=True, timeout=60, **silent)

    def start(self) -> None:
        options = f"-p {self.port} -k {self.folder.parent} -c listen_addresses=127.0.0.1 {SPARE}"
        log = str(self.folder.with_suffix(".log"))
        self.run("pg_ctl", "-D", str(self.folder), "-s", "-w", "-l", log, "-o", options, "start")

    def kill(self) -> None:
        """As a crash: nothing is finished, nothing is said."""
        self.run("pg_ctl", "-D", str(self.folder), "-s", "-w", "-m", "immediate", "stop")

    def send(self, number: int) -> None:
        """A signal for all its processes: SIGSTOP is a machine that is cut off, SIGCONT one that is back."""
        parent = int((self.folder / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        for process in (parent, *map(int, children)):
            with suppress(ProcessLookupError):
                os.kill(process, number)

    def ask(self, question: str, database: str = NAME) -> Any:
        url = self.url.removesuffix(NAME) + database
        with psycopg.connect(url, autocommit=True, connect_timeout=3) as connection:
            cursor = connection.execute(question)
            return cursor.fetchone()[0] if cursor.description else None

    def is_running(self) -> bool:
        return (self.folder / "postmaster.pid").exists()


@contextmanager
def cluster(copies: int) -> Iterator[tuple[Server, list[Server]]]:
    """A primary with an empty database, and so many replicas that follow it.

    In a folder of their own: pytest's are closed to the user of the servers, again with each run that begins.
    """
    home = Path(mkdtemp(prefix="portal-servers-"))
    home.chmod(0o755)
    if os.getuid() == 0:
        shutil.chown(home, "postgres")
    primary = Server(home / "primary")
    replicas = [Server(home / f"replica-{number}") for number in range(1, copies + 1)]
    try:
        primary.run("initdb", "-D", str(primary.folder), "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        primary.start()
        primary.ask(f"CREATE DATABASE {NAME}", "postgres")
        for replica in replicas:
            source = f"host=127.0.0.1 port={primary.port} user={USER}"
            primary.run("pg_basebackup", "-D", str(replica.folder), "-R", "-X", "stream", "-c", "fast", "-d", source)
            replica.start()
        yield primary, replicas
    finally:
        for server in (*replicas, primary):
            if server.is_running():
                server.kill()
        shutil.rmtree(home, ignore_errors=True)
