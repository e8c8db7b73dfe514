"""The database as one file, and back: by PostgreSQL's own tools, or by SQLite's.

People go on working while a copy is made. It shows one moment, and its rows are counted in the same moment.
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from portal.running.backups.manifest import Table, Unusable
from portal.running.backups.tables import tables_of_file, tables_on_postgresql

# What is replaced waits under this name until the new one is found to be whole.
REPLACED = "replaced_by_restore"


def file_name() -> str:
    return "database.dump" if connection.vendor == "postgresql" else "database.sqlite3"


def server_version() -> str:
    if connection.vendor == "sqlite":
        return sqlite3.sqlite_version
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return cursor.fetchone()[0]


def server_release() -> int:
    """The release of PostgreSQL, as 15."""
    return int(server_version().split(".")[0])


def copy_to(path: Path) -> dict[str, Table]:
    """Write the database into one file; returns what the tables have in it."""
    return _dump(path) if connection.vendor == "postgresql" else _copy_file(path)


def is_empty() -> bool:
    """Whether the database has no table yet, so that nothing can be lost."""
    with connection.cursor() as cursor:
        return not connection.introspection.table_names(cursor)


@contextmanager
def restored_from(path: Path) -> Iterator[dict[str, Table]]:
    """Put the file in the place of the database. When the block ends badly, all is as it was before."""
    with _restored_schema(path) if connection.vendor == "postgresql" else _restored_file(path) as tables:
        yield tables


def _run(program: str, *arguments: str) -> None:
    """One of PostgreSQL's programs. The password goes through the environment: other people see command lines."""
    given, environment = connection.client.settings_to_cmd_args_env(connection.settings_dict, [])
    if shutil.which(program) is None:
        raise Unusable(f"{program} is missing. Install the client programs of PostgreSQL (postgresql-client).")
    command = [program, *given[1:-1], f"--dbname={given[-1]}", "--no-password", *arguments]
    done = subprocess.run(command, env={**os.environ, **(environment or {})}, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        raise Unusable(f"{program} could not go on: {done.stderr.strip()}")


def _dump(path: Path) -> dict[str, Table]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = cursor.fetchone()[0]
        _run("pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={path}")
        return tables_on_postgresql(connection)


def _copy_file(path: Path) -> dict[str, Table]:
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
        # One file, without the journal beside it that the portal works with.
        copy.execute("PRAGMA journal_mode=DELETE")
    return tables_of_file(path)


def _refuse_after_a_killed_run(cursor: CursorWrapper) -> None:
    """A run that was killed could put nothing back. What it set aside may be all that there is, so a person decides."""
    cursor.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [REPLACED])
    if cursor.fetchone():
        raise Unusable(
            f"A restore was broken off before. What the database had until then is in its schema {REPLACED}. "
            "See which is whole, that or public, and drop the other: docs/operating/backup.md."
        )


@contextmanager
def _restored_schema(path: Path) -> Iterator[dict[str, Table]]:
    """The tables so far step aside into a schema of another name: nothing is lost before the new ones are whole."""
    with connection.cursor() as cursor:
        _refuse_after_a_killed_run(cursor)
        cursor.execute(f"ALTER SCHEMA public RENAME TO {REPLACED}")
        cursor.execute("CREATE SCHEMA public")
        try:
            _run("pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", str(path))
            cursor.execute("ANALYZE")
            with transaction.atomic():
                found = tables_on_postgresql(connection)
            yield found
        except BaseException:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute(f"ALTER SCHEMA {REPLACED} RENAME TO public")
            raise
        cursor.execute(f"DROP SCHEMA {REPLACED} CASCADE")


@contextmanager
def _restored_file(path: Path) -> Iterator[dict[str, Table]]:
    target = Path(connection.settings_dict["NAME"])
    beside = target.with_name(f"{target.name}.restored")
    shutil.copyfile(path, beside)
    try:
        yield tables_of_file(beside)
    except BaseException:
        beside.unlink()
        raise
    connection.close()
    for journal in ("-wal", "-shm"):
        target.with_name(target.name + journal).unlink(missing_ok=True)
    os.replace(beside, target)
