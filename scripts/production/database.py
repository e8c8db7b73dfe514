"""PostgreSQL of its own: a cluster that is made once and keeps what was acknowledged, with a password."""

import secrets
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from scripts.production.machine import own, plain_user, program
from scripts.production.process import Process, group_of

NAME = USER = "portal"
# The pages that a cluster for a short test writes need not survive the machine.
CARELESS = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")


def database(folder: Path, port: int, environment: dict[str, str], *, fsync: bool) -> Process:
    user = plain_user("postgres")
    data, socket = own(folder / "database", user), own(folder / "socket", user)
    if not (data / "PG_VERSION").exists():
        _make(data, folder / "secrets" / "postgres_password", user)
    pairs = ["listen_addresses=127.0.0.1", f"port={port}", f"unix_socket_directories={socket}", "max_connections=100"]
    pairs += [] if fsync else CARELESS
    command = [program("postgres"), "-D", str(data), *(part for pair in pairs for part in ("-c", pair))]
    process = Process("database", command, environment, folder, user=user)
    ask = [program("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port), "-U", USER, "-d", NAME]
    process.is_healthy = lambda: subprocess.run(ask, check=False).returncode == 0
    return process


def _make(data: Path, password: Path, user: str | None) -> None:
    password.write_text(secrets.token_urlsafe(24))
    as_user: dict[str, Any] = {} if user is None else {"user": user, "group": group_of(user), "extra_groups": []}
    with TemporaryDirectory() as folder:
        readable = own(Path(folder), user) / "password"
        shutil.copy(password, readable)
        shutil.chown(readable, user) if user else None
        options = ["--username", USER, "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C.UTF-8"]
        command = [program("initdb"), "-D", str(data), *options, "--pwfile", str(readable)]
        subprocess.run(command, stdout=subprocess.DEVNULL, cwd="/", check=True, **as_user)
    # Nothing but the database of maintenance is there yet.
    command = [program("postgres"), "--single", "-D", str(data), "postgres"]
    statement = f"CREATE DATABASE {NAME}\n"
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run(command, input=statement, text=True, cwd="/", check=True, **quiet, **as_user)
