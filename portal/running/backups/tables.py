"""How many rows each table has, and one checksum for all of them that does not depend on their order.

Computed twice, in the moment that is copied and in the restored database, and compared.
"""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from hashlib import blake2b
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

from portal.running.backups.manifest import Table

# How PostgreSQL writes values as text; the server or the role may have set something else.
SAME_WRITING = (
    "SET LOCAL TIME ZONE 'UTC'",
    "SET LOCAL datestyle = 'ISO, YMD'",
    "SET LOCAL intervalstyle = 'iso_8601'",
    "SET LOCAL bytea_output = 'hex'",
    "SET LOCAL extra_float_digits = 1",
)
# The sum of half of each row's digest: the same in every order, another one when a row differs, is lost or twice there.
ONE_TABLE = """
    SELECT count(*), coalesce(sum(('x' || left(md5(written::text), 16))::bit(64)::bigint), 0) FROM {table} AS written
"""
ROWS_AT_ONCE = 2000
MODULUS = 1 << 64


def tables_on_postgresql(connection: BaseDatabaseWrapper) -> dict[str, Table]:
    """Each table of the database, within the transaction that the caller has opened."""
    found = {}
    with connection.cursor() as cursor:
        for sentence in SAME_WRITING:
            cursor.execute(sentence)
        names = [one.name for one in connection.introspection.get_table_list(cursor) if one.type in ("t", "p")]
        for name in sorted(names):
            cursor.execute(ONE_TABLE.format(table=connection.ops.quote_name(name)))
            count, total = cursor.fetchone()
            found[name] = Table(count, f"{int(total) % MODULUS:016x}")
    return found


def tables_of_file(path: Path) -> dict[str, Table]:
    """Each table of a SQLite database that nobody writes to."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as file:
        names = file.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
        return {name: _table_of_file(file, name) for (name,) in sorted(names.fetchall())}


def _table_of_file(file: sqlite3.Connection, name: str) -> Table:
    count = total = 0
    cursor = file.execute(f'SELECT * FROM "{name}"')  # noqa: S608 (a name that the database itself gave)
    while rows := cursor.fetchmany(ROWS_AT_ONCE):
        count += len(rows)
        total += sum(int.from_bytes(blake2b(repr(row).encode(), digest_size=8).digest(), "big") for row in rows)
    return Table(count, f"{total % MODULUS:016x}")


def differences(expected: Mapping[str, Table], found: Mapping[str, Table]) -> list[str]:
    """What is otherwise, a sentence for each table."""
    told = []
    for name in sorted(expected.keys() | found.keys()):
        before, after = expected.get(name), found.get(name)
        if before is None or after is None:
            told.append(f"{name} is {'not in the backup' if before is None else 'missing'}")
        elif before.rows != after.rows:
            told.append(f"{name} has {after.rows} rows and not {before.rows}")
        elif before != after:
            told.append(f"{name} has as many rows, but other ones")
    return told
