"""What this machine offers: programs, free ports, and a user for what must not run as root."""

import os
import pwd
import shutil
import socket
import ssl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from random import randrange

PORTS = (20_000, 32_000)
PACKAGES = {"postgres": "postgresql", "redis-server": "redis-server", "nginx": "nginx-light", "openssl": "openssl"}


class Missing(Exception):
    """A program is not installed."""


def program(name: str) -> str:
    """Where a program is; Debian keeps those of PostgreSQL and nginx outside the usual places."""
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    found = str(installed[-1]) if installed else shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
    if not found:
        raise Missing(f"{name} is missing: apt-get install {PACKAGES.get(name, name)}")
    return found


def plain_user(*names: str) -> str | None:
    """Who runs what refuses to run as root, or need not; None for oneself."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in (*names, "nobody") if name in known)


def own(path: Path, user: str | None) -> Path:
    """A folder that only this user reads."""
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(0o700)
    if user is not None:
        shutil.chown(path, user)
    return path


def free_ports(number: int) -> list[int]:
    """Different ports of this machine that nobody uses now.

    Below those that the system gives to outgoing connections: none of them takes the place of a server that restarts.
    """
    probes: list[socket.socket] = []
    with ExitStack() as open_probes:
        while len(probes) < number:
            probe = open_probes.enter_context(socket.socket())
            with suppress(OSError):
                probe.bind(("127.0.0.1", randrange(*PORTS)))  # noqa: S311
                probes.append(probe)
        return [probe.getsockname()[1] for probe in probes]


def listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def connection(port: int, *, tls: bool = False, seconds: float = 10) -> Iterator[HTTPConnection]:
    """To a server of this machine, whose certificate nobody else has signed."""
    made = (
        HTTPSConnection("127.0.0.1", port, timeout=seconds, context=ssl._create_unverified_context())
        if tls
        else HTTPConnection("127.0.0.1", port, timeout=seconds)
    )
    try:
        yield made
    finally:
        made.close()


def answers(port: int, path: str, headers: dict[str, str] | None = None, *, tls: bool = False) -> bool:
    """Whether a server answers a page without failing."""
    try:
        with connection(port, tls=tls, seconds=5) as server:
            server.request("GET", path, headers=headers or {})
            return server.getresponse().status < 500
    except (OSError, HTTPException):
        return False
