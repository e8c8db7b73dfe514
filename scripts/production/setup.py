"""The whole set-up: what it consists of, in which order it starts and stops, and how it is renewed under load."""

import json
import os
import secrets
import shutil
import signal
import ssl
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from scripts.production import compose
from scripts.production.database import NAME, USER, database
from scripts.production.machine import answers, free_ports
from scripts.production.process import Process
from scripts.production.proxy import Proxy
from scripts.production.redis import redis
from scripts.production.supervisor import Supervisor

KEPT_FROM_OUTSIDE = ("PATH", "LANG", "LC_ALL", "HOME", "TZ")
# What the health of a web process is asked with: its proxy says that people come by https.
AS_PROXY = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1"}
ALIVE = "/health/live"
# PostgreSQL waits on TERM for everybody to leave; INT sends them away and closes in order.
SIGNALS = {"database": signal.SIGINT, "proxy": signal.SIGQUIT}
LAST = ("redis", "database")
TEMPORARY = "/tmp/"  # noqa: S108 (of a container)


class Production:
    """`with Production() as production:` starts everything and leaves nothing running.

    `copies` says how many of a service of the compose file run, as `--scale` does. With `database_url` no PostgreSQL
    is started. `environment` adds settings. Without `limits` the proxy does not count how often this machine asks.
    """

    def __init__(
        self,
        folder: Path | None = None,
        *,
        copies: Mapping[str, int] | None = None,
        database_url: str = "",
        email_url: str = "",
        port: int = 0,
        limits: bool = True,
        fsync: bool = True,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.is_temporary = folder is None
        self.folder = (folder or Path(tempfile.mkdtemp(prefix="production-"))).resolve()
        self.copies = {"web": 3, "worker": 2, **(copies or {})}
        self.fsync = fsync
        self.keeps_database = not database_url
        names = [name for service in compose.services_of_the_portal() for name in self._named(service)]
        self.ports = dict(zip(["https", "http", "database", "redis", *names], free_ports(4 + len(names)), strict=True))
        self.ports["https"] = port or self.ports["https"]
        self.url = f"https://127.0.0.1:{self.ports['https']}"
        self.redis_url = f"redis://127.0.0.1:{self.ports['redis']}/0"
        self.database_url = database_url or f"postgres://{USER}@127.0.0.1:{self.ports['database']}/{NAME}"
        self.proxy = Proxy(
            self.folder,
            self.folder / "var",
            https=self.ports["https"],
            http=self.ports["http"],
            unlimited=() if limits else ("127.0.0.1/32",),
        )
        self.supervisor = Supervisor(self.write_state)
        self.processes = self.supervisor.processes
        self._outside = {name: os.environ[name] for name in KEPT_FROM_OUTSIDE if name in os.environ}
        self._email_url = email_url or f"filemail://{self.folder}/var/mail"
        self._more = dict(environment or {})
        self._prepare_folder()

    # What it is made of

    def _named(self, service: str) -> list[str]:
        if service not in self.copies:
            return [service]
        return [f"{service}-{number + 1}" for number in range(self.copies[service])]

    def _prepare_folder(self) -> None:
        for name in ("logs", "secrets", "var/media"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        # Other users run the database and the proxy, and find their own folders in it.
        self.folder.chmod(0o755)
        (self.folder / "secrets").chmod(0o700)
        key = self.folder / "secrets" / "secret_key"
        if not key.exists():
            key.write_text(secrets.token_urlsafe(50))

    @property
    def environment(self) -> dict[str, str]:
        """The settings of every process of the portal, as compose gives them; secrets come from files."""
        path = f"{Path(sys.executable).parent}:{self._outside.get('PATH', os.defpath)}"
        settings = {
            "SECRET_KEY_FILE": str(self.folder / "secrets" / "secret_key"),
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self.redis_url,
            "SITE_URL": self.url,
            "ALLOWED_HOSTS": "127.0.0.1",
            "EMAIL_URL": self._email_url,
            "DEFAULT_FROM_EMAIL": "no-reply@example.org",
            "VAR_DIR": str(self.folder / "var"),
            "WEB_PROCESSES": "1",
            "PYTHONUNBUFFERED": "1",
        }
        if self.keeps_database:
            settings["DATABASE_PASSWORD_FILE"] = str(self.folder / "secrets" / "postgres_password")
        return {**self._outside, **compose.settings_of("prepare"), **settings, **self._more, "PATH": path}

    @property
    def database_password(self) -> str:
        """Of the cluster that was made here; nothing when the database was given."""
        path = self.folder / "secrets" / "postgres_password"
        return path.read_text() if self.keeps_database else ""

    @property
    def trust(self) -> ssl.SSLContext:
        """For clients: nobody but itself has signed the proxy's certificate."""
        return ssl.create_default_context(cafile=self.proxy.folder / "certificate.pem")

    @property
    def web(self) -> dict[str, int]:
        return {name: self.ports[name] for name in self._named("web")}

    # Starting and stopping

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    def start(self) -> None:
        if self.keeps_database:
            self.supervisor.add(database(self.folder, self.ports["database"], self._outside, fsync=self.fsync))
        self.supervisor.add(redis(self.folder, self.ports["redis"], self._outside))
        self.manage("collectstatic", "--noinput", "--verbosity", "0")
        self.run(*compose.command_of("prepare"))
        services = compose.services_of_the_portal()
        self.supervisor.add(*(self._portal_process(one, name) for one in services for name in self._named(one)))
        self.supervisor.add(self.proxy.process(self.web, self._outside))

    def stop(self) -> None:
        self.supervisor.stop_all(LAST, SIGNALS)
        (self.folder / "state.json").unlink(missing_ok=True)
        if self.is_temporary:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _portal_process(self, service: str, name: str) -> Process:
        port = self.ports[name]
        # Each has its own place for what need not stay, as each container has.
        own = self.folder / "tmp" / name
        own.mkdir(parents=True, exist_ok=True)
        given = {key: value.replace(TEMPORARY, f"{own}/") for key, value in compose.settings_of(service).items()}
        here = {"PYTHONPATH": str(compose.ROOT), "WEB_BIND": f"127.0.0.1:{port}", "TMPDIR": str(own)}
        environment = {**given, **self.environment, **here}
        command = [part.replace(TEMPORARY, f"{own}/") for part in compose.command_of(service)]
        command[0] = shutil.which(command[0], path=environment["PATH"]) or command[0]
        process = Process(name, command, environment, self.folder)
        if service == "web":
            process.is_healthy = lambda: answers(port, ALIVE, AS_PROXY)
        return process

    # Working with it

    def manage(self, *command: str) -> str:
        """Run a command of `manage.py` with its settings; gives what it says."""
        return self.run(sys.executable, "manage.py", *command)

    def run(self, *command: str) -> str:
        """Any command beside the processes, in the folder of the code and with their settings; gives what it says."""
        result = subprocess.run(
            command, cwd=compose.ROOT, env=self.environment, capture_output=True, text=True, check=False
        )
        if result.returncode:
            raise RuntimeError(f"{' '.join(command)} failed:\n{result.stdout[-2000:]}{result.stderr[-4000:]}")
        return result.stdout

    def kill(self, name: str, number: int = signal.SIGKILL) -> None:
        """What an accident does; the supervisor starts it again."""
        self.processes[name].send(number)

    def restart(self, name: str) -> None:
        """In order: it finishes what it does, and comes back."""
        self.supervisor.stop(name, number=SIGNALS.get(name, signal.SIGTERM))
        self.supervisor.start(name)

    def rolling_restart(self, service: str) -> None:
        """One copy after the other. A web process gets no new requests before it stops."""
        for name in self._named(service):
            if service == "web":
                self._send_requests_to(without=name)
            self.restart(name)
            if service == "web":
                self._send_requests_to()

    def _send_requests_to(self, *, without: str = "") -> None:
        self.proxy.reload(self.web, self.processes["proxy"], without=without)

    def wait_for(self, name: str, seconds: float = 60) -> None:
        """Until it works."""
        self.supervisor.wait_for(self.processes[name], seconds)

    def write_state(self) -> None:
        """Addresses and numbers of processes, for those who look from outside."""
        state = {
            "url": self.url,
            "ports": self.ports,
            "folder": str(self.folder),
            "processes": {name: process.pid for name, process in self.processes.items()},
        }
        fresh = self.folder / "state.json.new"
        fresh.write_text(json.dumps(state, indent=2))
        fresh.replace(self.folder / "state.json")
