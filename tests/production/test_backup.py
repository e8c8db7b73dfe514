"""Backups in earnest: a portal in which people work is copied, lost, and put back into a server that has nothing."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread
from types import SimpleNamespace

import psycopg
import pytest

from portal.running.backups import databases
from portal.running.backups.making import clear
from portal.running.backups.manifest import Unusable, verify
from portal.running.backups.tables import differences, tables_of_file
from tests.factories import PASSWORD
from tests.production import clusters
from tests.production.portals import Portal

pytestmark = pytest.mark.production

SERVER_PASSWORD = "only-in-the-environment"  # noqa: S105
SEARCH = """
from io import StringIO
from django.core.management import call_command
def search():
    seen = StringIO()
    call_command("search", "kielikahvila", stdout=seen)
    return seen.getvalue()
"""
PEOPLE_WORK = """
from datetime import timedelta
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from listings.confirming import ConfirmationLink
from listings.models import Listing
from portal.mail.unsubscribing import Unsubscription
from post_office.models import STATUS, Email
from tests import factories

call_command("load_reference")
listings = [factories.public_listing(title={"fi": f"Kielikahvila {n}"}) for n in range(5)]
listing = listings[0]
last = timezone.localdate() - timedelta(days=100)
Listing.objects.filter(pk=listing.pk).update(confirmed_on=last)
person = listing.published_version.author
leaving = factories.UserFactory(email="leaving@example.org")
SessionStore().create()
default_storage.save("logos/door.webp", ContentFile(b"a picture"))
Email.objects.create(from_email="a@example.org", to="waits@example.org", subject="Hello", status=STATUS.queued)
told = {
    "address": person.email,
    "leaving": leaving.pk,
    "confirm": ConfirmationLink(listing, person, listing.published_version.pk, last).key,
    "unsubscribe": Unsubscription(person.pk, "listing_kept").key,
    "found": search(),
}
"""
PERSON_LEAVES = """
from organizations.actions.erasing import erase_account
from organizations.models import User
erase_account(User.objects.get(email="leaving@example.org"), by=User.objects.system())
"""
PEOPLE_COME_BACK = """
from django.test import Client
from listings.confirming import check, link_with
from organizations.models import User
from portal.mail.unsubscribing import unsubscription_with
from portal.running import maintenance
from post_office.models import Email
rests = maintenance.is_on()
maintenance.turn_off()
link = link_with({confirm!r})
check(link, link.listing)
call_command("check_search")
client = Client(HTTP_HOST="127.0.0.1")
told = {{
    "rested": rests,
    "found": search(),
    "sign in": client.post("/en/account/login/", {{"login": {address!r}, "password": {password!r}}}).status_code,
    "unsubscribe": unsubscription_with({unsubscribe!r}) is not None,
    "logo": client.get("/media/logos/door.webp").content.decode(),
    "left": User.objects.get(pk={leaving}).email,
    "held back": Email.objects.get(to="waits@example.org").get_status_display(),
}}
"""
TRY_EACH = """
from pathlib import Path
from portal.running.backups.manifest import Unusable
from portal.running.backups.restoring import restore_backup
told = {{"said": []}}
for folder, replace in {tries!r}:
    try:
        restore_backup(Path(folder), replace=replace, tell=print)
    except Unusable as error:
        told["said"].append(str(error))
told["found"] = search()
"""
REPLACE = """
from listings.models import Posting
Posting.objects.all().delete()
call_command("restore", {folder!r}, "--replace")
told = search()
"""


@contextmanager
def someone_writes(url: str) -> Iterator[list[int]]:
    """Rows come into two tables in one transaction all the time; a copy of two moments would differ from its count."""
    over, written = Event(), [0]

    def write() -> None:
        with psycopg.connect(url) as connection:
            while not over.wait(0.002):
                written[0] += 1
                key = f"test-{written[0]}"
                connection.execute(
                    "INSERT INTO django_session (session_key, session_data, expire_date) VALUES (%s, '', now())", [key]
                )
                connection.execute("INSERT INTO portal_taskrun (task, failures, seconds) VALUES (%s, 0, 0)", [key])
                connection.commit()

    thread = Thread(target=write)
    thread.start()
    try:
        yield written
    finally:
        over.set()
        thread.join()


@pytest.fixture(scope="module")
def servers(services_required) -> Iterator[tuple[clusters.Server, clusters.Server]]:
    """One that will be lost and asks for a password, and one that has nothing."""
    if clusters.programs() is None:
        if services_required:
            pytest.fail("PostgreSQL is missing: install postgresql.")
        pytest.skip("needs PostgreSQL")
    with clusters.cluster(0) as (before, _none), clusters.cluster(0) as (after, _none):
        before.ask(f"ALTER USER {clusters.USER} PASSWORD '{SERVER_PASSWORD}'")
        rules = before.folder / "pg_hba.conf"
        rules.write_text(rules.read_text().replace("trust", "scram-sha-256"))
        before.ask("SELECT pg_reload_conf()")
        yield before, after


@pytest.fixture(scope="module")
def commands_seen(tmp_path_factory) -> tuple[str, Path]:
    """A PATH on which `pg_dump` notes how it was called."""
    folder = tmp_path_factory.mktemp("programs")
    real, notes = shutil.which("pg_dump"), folder / "notes"
    (folder / "pg_dump").write_text(f'#!/bin/sh\necho "$@" >>{notes}\nexec {real} "$@"\n')
    (folder / "pg_dump").chmod(0o755)
    return f"{folder}:{Portal.path}", notes


@pytest.fixture(scope="module")
def lost(servers, commands_seen, tmp_path_factory) -> tuple[Portal, Path, dict]:
    """A portal, its backup made while somebody wrote, and what people know of it."""
    url = servers[0].url.replace("portal@", f"portal:{SERVER_PASSWORD}@")
    portal = Portal(url, tmp_path_factory.mktemp("var"), path=commands_seen[0])
    portal.manage("migrate", "--verbosity", "0")
    known = portal.tells(SEARCH + PEOPLE_WORK)
    copies = tmp_path_factory.mktemp("copies")
    with someone_writes(url) as written:
        portal.manage("backup", str(copies))
        assert written[0], "nobody wrote meanwhile"
    portal.tells(PERSON_LEAVES)
    (copy,) = copies.iterdir()
    return portal, copy, known


@pytest.fixture(scope="module")
def restored(lost, servers, tmp_path_factory) -> tuple[Portal, str]:
    """The same portal on another server, with the store of files that the machines share."""
    portal = Portal(servers[1].url, tmp_path_factory.mktemp("new"))
    shutil.copytree(lost[0].folder / "media" / "erased", portal.folder / "media" / "erased")
    return portal, portal.manage("restore", str(lost[1]))


def test_restored_database_has_the_rows_of_one_moment(lost, restored):
    manifest = json.loads((lost[1] / "manifest.json").read_text())
    rows = {name: table["rows"] for name, table in manifest["tables"].items()}
    assert rows["listings_listing"] == 5
    assert rows["portal_taskrun"] == rows["django_session"] - 1
    assert "all as they were copied" in restored[1]


def test_people_come_back_with_password_and_links_and_the_erased_do_not(lost, restored):
    known = lost[2]
    assert known["found"].strip()
    told = restored[0].tells(SEARCH + PEOPLE_COME_BACK.format(**known, password=PASSWORD))
    assert told == {
        "rested": True,
        "found": known["found"],
        "sign in": 302,
        "unsubscribe": True,
        "logo": "a picture",
        "left": f"erased-{known['leaving']}@portal.invalid",
        "held back": "failed",
    }


def test_password_of_the_database_is_on_no_command_line(lost, commands_seen):
    assert "--format=custom" in commands_seen[1].read_text()
    assert SERVER_PASSWORD not in commands_seen[1].read_text()


def test_what_is_refused_leaves_what_was_there(lost, restored, tmp_path):
    cut, other = (shutil.copytree(lost[1], tmp_path / name) for name in ("cut", "other"))
    dump = cut / "database.dump"
    dump.write_bytes(dump.read_bytes()[:-1000])
    said = json.loads((other / "manifest.json").read_text())
    said["tables"]["listings_listing"]["checksum"] = "0" * 16
    (other / "manifest.json").write_text(json.dumps(said))
    tries = [(str(lost[1]), False), (str(cut), True), (str(other), True)]
    told = restored[0].tells(SEARCH + TRY_EACH.format(tries=tries))
    for sentence, expected in zip(
        told["said"],
        ["say --replace", "cut off or changed", "listings_listing has as many rows, but other ones"],
        strict=True,
    ):
        assert expected in sentence
    assert told["found"] == lost[2]["found"]


def test_backup_replaces_when_told(lost, restored):
    assert restored[0].tells(SEARCH + REPLACE.format(folder=str(lost[1]))) == lost[2]["found"]


def test_what_a_killed_restore_has_set_aside_is_not_lost_by_the_next(lost, restored, servers):
    servers[1].ask(f"CREATE SCHEMA {databases.REPLACED}")
    try:
        told = restored[0].tells(SEARCH + TRY_EACH.format(tries=[(str(lost[1]), True)]))
        assert "broken off before" in told["said"][0]
        assert told["found"] == lost[2]["found"]
    finally:
        servers[1].ask(f"DROP SCHEMA {databases.REPLACED}")


@pytest.mark.parametrize("harm", ["cut", "changed", "missing", "more", "unfinished"])
def test_backup_that_is_not_whole_is_refused(harm, lost, tmp_path):
    copy = shutil.copytree(lost[1], tmp_path / "copy")
    dump = copy / "database.dump"
    if harm == "cut":
        dump.write_bytes(dump.read_bytes()[:-1000])
    elif harm == "changed":
        dump.write_bytes(dump.read_bytes()[:-1] + b"?")
    elif harm == "missing":
        (copy / "media" / "logos" / "door.webp").unlink()
    elif harm == "more":
        (copy / "media" / "logos" / "window.webp").touch()
    else:
        (copy / "manifest.json").unlink()
    with pytest.raises(Unusable):
        verify(copy)


def test_old_backups_go_and_unfinished_ones_do_not_count(lost, tmp_path):
    for day in (1, 2, 3):
        shutil.copytree(lost[1], tmp_path / f"portal-2026010{day}T000000000000Z")
    (tmp_path / "portal-20260104T000000000000Z").mkdir()
    (tmp_path / ".making-portal-20260105T000000000000Z").mkdir()
    clear(tmp_path, 2, datetime.now(UTC))
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        ".making-portal-20260105T000000000000Z",
        "portal-20260102T000000000000Z",
        "portal-20260103T000000000000Z",
        "portal-20260104T000000000000Z",
    ]


def test_migration_does_not_wait_long_for_a_table_in_use(servers, tmp_path):
    """Whoever reads the table after a waiting migration would wait behind it."""
    servers[1].ask("CREATE DATABASE upgraded", "postgres")
    url = servers[1].url.removesuffix(clusters.NAME) + "upgraded"
    portal = Portal(url, tmp_path)
    portal.manage("migrate", "portal", "0002", "--verbosity", "0")
    with psycopg.connect(url) as somebody:
        somebody.execute("LOCK TABLE portal_auditevent IN ROW EXCLUSIVE MODE")
        assert "Run it again" in portal.refused("migrate", "portal", "0003", MIGRATE_LOCK_SECONDS="1")
    portal.manage("migrate", "portal", "0003", "--verbosity", "0")


def test_file_of_sqlite_is_copied_and_put_back(tmp_path, monkeypatch):
    target, copy = tmp_path / "portal.sqlite3", tmp_path / "copy.sqlite3"
    with closing(sqlite3.connect(target)) as here:
        here.execute("PRAGMA journal_mode=WAL")
        here.execute("CREATE TABLE place (name TEXT)")
        here.executemany("INSERT INTO place VALUES (?)", [("Oulu",), ("Turku",), ("Turku",)])
        here.commit()
        doors = {"ensure_connection": lambda: None, "close": lambda: None, "settings_dict": {"NAME": str(target)}}
        monkeypatch.setattr(databases, "connection", SimpleNamespace(connection=here, vendor="sqlite", **doors))
        counted = databases.copy_to(copy)
        here.execute("UPDATE place SET name = 'Vaasa' WHERE rowid = 2")
        here.commit()
    assert counted["place"].rows == 3
    other = ["place has as many rows, but other ones"]
    assert differences(counted, tables_of_file(target)) == other
    with pytest.raises(Unusable), databases.restored_from(copy):
        raise Unusable
    assert differences(counted, tables_of_file(target)) == other, "what was there is lost"
    with databases.restored_from(copy) as found:
        assert found == counted
    assert tables_of_file(target) == counted
