"""A primary with two streaming replicas and one web process: what people see while servers come and go."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from typing import Any

import httpx
import pytest

from tests.production.clusters import Server, cluster, programs
from tests.services import free_port

ROOT = Path(__file__).parents[2]
LAG_SECONDS = 2.0
SEED = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0); call_command("load_reference", verbosity=0)
from django.test import Client
from tests import factories
organization = factories.OrganizationFactory(active=True)
editor = factories.MembershipFactory(organization=organization, main_user=True).user
listing = factories.public_listing(organization, title={"fi": "Kuoro laulaa"})
client = Client(); client.force_login(editor)
print(listing.pk, listing.slug, client.cookies["sessionid"].value)
"""


@dataclass
class Portal:
    """The web process, with somebody who reads and somebody who writes."""

    address: str
    listing: str
    slug: str
    session: str
    primary: Server
    replicas: list[Server]
    seen: list[int] = field(default_factory=list)
    editors: list[httpx.Client] = field(default_factory=list)
    acknowledged: int = 0

    def visit(self, path: str = "") -> httpx.Response:
        """As a visitor; by default the page of the listing."""
        return httpx.get(self.address + (path or f"/fi/activities/{self.slug}/"), timeout=20)

    def ready(self) -> dict[str, Any]:
        """The parts that a probe sees, within the time that one waits (deploy/kubernetes/portal)."""
        time.sleep(1)  # an answer is kept so long
        return httpx.get(f"{self.address}/health/ready", timeout=3).json()["parts"]

    def is_public(self) -> bool:
        response = self.visit()
        assert response.status_code in (200, 404, 410), response.status_code
        return response.status_code == 200

    def editor(self) -> httpx.Client:
        client = httpx.Client(base_url=self.address, cookies={"sessionid": self.session}, timeout=20)
        self.editors.append(client)
        page = client.get(self.desk).text
        token = re.search('name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token, page[:500]
        client.headers["X-CSRFToken"] = token[1]
        return client

    @property
    def desk(self) -> str:
        return f"/fi/desk/listings/{self.listing}/"

    def do(self, editor: httpx.Client, what: str) -> bool:
        """Withdraw or restore the listing; whether the portal said that it is done."""
        response = editor.post(f"{self.desk}{what}/")
        is_done = response.status_code == 302
        self.acknowledged += is_done
        return is_done

    def events(self) -> int:
        """How often it was withdrawn or restored, as the primary knows it."""
        verbs = "'withdrew', 'restored'"
        return self.primary.ask(f"SELECT count(*) FROM portal_auditevent WHERE verb IN ({verbs})")


def start_web(address: str, environment: dict[str, str], log: Path) -> subprocess.Popen:
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "portal.wsgi",
        "--bind",
        address,
        "--threads",
        "4",
        "--no-control-socket",
    ]
    with log.open("w") as file:
        return subprocess.Popen(command, env=environment, cwd=ROOT, stdout=file, stderr=file)


@pytest.fixture
def portal(tmp_path, services_required) -> Iterator[Portal]:
    if programs() is None:
        if services_required:
            pytest.fail("PostgreSQL is missing: install postgresql.")
        pytest.skip("needs PostgreSQL's programs")
    with cluster(2) as (primary, replicas):
        environment = {
            **{name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ},
            "DJANGO_SETTINGS_MODULE": "tests.production.plain_settings",
            "VAR_DIR": str(tmp_path / "var"),
            "SECRET_KEY": "test",
            "ALLOWED_HOSTS": "testserver,127.0.0.1",
            "EMAIL_URL": "memorymail://",
            "DATABASE_URL": primary.url,
        }
        seed = [sys.executable, "-c", SEED]
        made = subprocess.run(seed, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
        assert made.returncode == 0, made.stderr
        address = f"127.0.0.1:{free_port()}"
        environment |= {
            "DATABASE_REPLICA_URLS": ",".join(replica.url for replica in replicas),
            "REPLICA_LAG_SECONDS": str(LAG_SECONDS),
        }
        web = start_web(address, environment, tmp_path / "web.log")
        try:
            found = Portal(f"http://{address}", *made.stdout.split(), primary, replicas)
            until(lambda: answers(found), "the web process answers")
            yield found
            for editor in found.editors:
                editor.close()
        finally:
            web.terminate()
            web.wait(timeout=20)


def answers(portal: Portal) -> bool:
    try:
        return portal.visit().status_code == 200
    except httpx.HTTPError:
        return False


def until(is_so: Callable[[], bool], what: str, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, what
        time.sleep(0.1)


def read_on(portal: Portal, stopped: Event) -> None:
    """Ask for pages that nobody has asked for before, so that each needs the database."""
    while not stopped.is_set():
        portal.seen.append(portal.visit(f"/fi/activities/?words=kuoro+{len(portal.seen)}").status_code)


def write_on(portal: Portal, stopped: Event) -> None:
    editor = portal.editor()
    is_public = True
    while not stopped.is_set():
        try:
            is_public ^= portal.do(editor, "withdraw" if is_public else "restore")
        except httpx.HTTPError:
            time.sleep(0.1)
    while not is_public:
        is_public = portal.do(editor, "restore")


def caught_up(portal: Portal, replica: Server) -> bool:
    there = portal.primary.ask("SELECT pg_current_wal_flush_lsn()")
    return replica.ask(f"SELECT pg_last_wal_replay_lsn() >= '{there}'")


@pytest.mark.production
def test_readers_go_on_and_nothing_is_lost_while_servers_come_and_go(portal):
    one, other = portal.replicas

    # The primary crashes and comes back, while people read and write.
    stopped = Event()
    people = [Thread(target=target, args=(portal, stopped)) for target in (read_on, write_on)]
    for person in people:
        person.start()
    until(lambda: portal.acknowledged > 3 and len(portal.seen) > 3, "people read and write")
    portal.primary.kill()
    before = len(portal.seen)
    until(lambda: len(portal.seen) > before + 10, "people read while the primary is away")
    portal.primary.start()
    acknowledged = portal.acknowledged
    until(lambda: portal.acknowledged > acknowledged, "people write again")
    stopped.set()
    for person in people:
        person.join(timeout=30)
    assert set(portal.seen) == {200}
    assert portal.events() >= portal.acknowledged

    # Replicas that stand still are left out when they are too far behind; who writes never waits for them.
    for replica in portal.replicas:
        until(lambda replica=replica: caught_up(portal, replica), "the replicas follow again")
        replica.ask("SELECT pg_wal_replay_pause()")
    editor = portal.editor()
    assert portal.do(editor, "withdraw")
    assert f"{portal.desk}restore/" in editor.get(portal.desk).text, "what one has just written one sees"
    until(lambda: not portal.is_public(), "both are left out", LAG_SECONDS + 4)
    assert portal.do(editor, "restore")
    assert portal.is_public(), "the primary serves alone, without delay"

    # One goes on: with the primary away only it can know what was written meanwhile.
    assert portal.do(editor, "withdraw")
    one.ask("SELECT pg_wal_replay_resume()")
    until(lambda: caught_up(portal, one), "it follows again")
    portal.primary.kill()
    until(lambda: {portal.visit().status_code for _visit in range(3)} <= {404, 410}, "the one that is right serves")

    # The last one that is right is killed: the primary, back by now, takes its place.
    portal.primary.start()
    assert portal.do(portal.editor(), "restore")
    until(portal.is_public, "readers see it")
    one.kill()
    assert [portal.is_public() for _visit in range(10)] == [True] * 10

    # Both come back.
    one.start()
    other.ask("SELECT pg_wal_replay_resume()")
    for replica, away in ((other, one), (one, other)):
        until(lambda replica=replica: caught_up(portal, replica), "it follows again")
        time.sleep(1.5)
        away.kill()
        portal.primary.kill()
        until(lambda: {portal.visit().status_code for _visit in range(5)} == {200}, "it serves alone")
        portal.primary.start()
        away.start()

    # The primary vanishes without a word: no connection is refused or closed. A probe says so before it is given up.
    until(lambda: portal.ready()["database"]["up"] == 3, "all are there again")
    portal.primary.send(signal.SIGSTOP)
    try:
        assert portal.ready()["database"] | {"milliseconds": 0} == {
            "status": "degraded",
            "milliseconds": 0,
            "of": 3,
            "up": 2,
        }
        pages = [portal.visit(f"/fi/activities/?words=kuoro+sanaton+{number}") for number in range(5)]
        assert {page.status_code for page in pages} == {200}
    finally:
        portal.primary.send(signal.SIGCONT)
    until(lambda: portal.ready()["database"]["status"] == "ok", "it is there again")
