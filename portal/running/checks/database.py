"""Whether the database is there, is one the portal knows, and has what this release needs."""

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor

from portal.management.commands.load_reference import rows
from portal.models import Language, Municipality, Page, Region
from portal.running.doctor import Check, Finding, advice, fault, in_earnest, needs_database

OLDEST_SERVER = 15
MOST_SECONDS_APART = 5


def _is_of_database(check: Check) -> Check:
    """Without it, nothing in the tables can be looked at."""
    check.is_of_database = True  # type: ignore[attr-defined]
    return check


@_is_of_database
def database() -> Iterator[Finding]:
    try:
        connection.ensure_connection()
    except Error as error:
        yield fault(
            f"The database does not answer: {str(error).strip()}",
            "Is it running, and does DATABASE_URL name host, port, database, user and password as they are?",
        )


def _shown(setting: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SHOW {setting}")
        return cursor.fetchone()[0]


@needs_database
def kind_of_database() -> Iterator[Finding]:
    if connection.vendor != "postgresql":
        yield in_earnest(
            "SQLite is for trying the portal: one machine, one who writes at a time.",
            "Set up PostgreSQL and write DATABASE_URL.",
        )
        return
    if int(_shown("server_version").split(".")[0]) < OLDEST_SERVER:
        yield fault(f"PostgreSQL {_shown('server_version')} is too old.", f"Take version {OLDEST_SERVER} or newer.")
    if (encoding := _shown("server_encoding")) != "UTF8":
        yield fault(
            f"The database is written in {encoding}: Arabic, Russian and Persian texts cannot be stored.",
            "Make a new database: CREATE DATABASE portal ENCODING 'UTF8' TEMPLATE template0; and move the data.",
        )


@needs_database
def migrations() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    if plan := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield fault(f"{len(plan)} migrations are not applied.", "Run manage.py migrate.")
    unknown = [one for one in executor.loader.applied_migrations if one not in executor.loader.disk_migrations]
    if unknown and not plan:
        yield advice(
            f"The database has {len(unknown)} migrations of a newer release.",
            "This is well while you go back a release; see docs/operating/upgrading.md.",
        )


@needs_database
def reference_data() -> Iterator[Finding]:
    expected = (
        (Municipality, "municipalities", len(rows("municipalities.csv"))),
        (Region, "regions", len(rows("regions.csv"))),
        (Language, "languages", len(rows("languages.csv"))),
        (Page, "pages", 1),
    )
    for model, what, number in expected:
        if model.objects.count() < number:
            yield fault(f"Of {number} {what} there are {model.objects.count()}.", "Run manage.py load_reference.")


@needs_database
def clock() -> Iterator[Finding]:
    """Whether this machine and the database's agree on the time."""
    ZoneInfo(settings.TIME_ZONE)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT extract(epoch FROM now())" if connection.vendor == "postgresql" else "SELECT unixepoch()"
        )
        apart = abs(float(cursor.fetchone()[0]) - datetime.now(UTC).timestamp())
    if apart > MOST_SECONDS_APART:
        yield fault(
            f"The clocks of this machine and of the database differ by {apart:.0f} seconds: codes and links fail.",
            "Let both take the time from the same servers (chrony, systemd-timesyncd).",
        )
