"""Ways past the guards of the database, for tests that bend what nobody may change."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.operations import BaseDatabaseOperations


@contextmanager
def unguarded(database: BaseDatabaseWrapper = connection) -> Iterator[None]:
    """Without the triggers that keep rows as they are: as somebody who owns the database and means ill."""
    with database.cursor() as cursor:
        if database.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            yield
            cursor.execute("SET session_replication_role = DEFAULT")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _statement in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        for _name, statement in triggers:
            cursor.execute(statement)


def let_tests_empty_tables() -> None:
    """A test that commits empties all tables after itself; in the portal nothing and nobody may do that."""
    flush = BaseDatabaseOperations.execute_sql_flush

    def flush_unguarded(self: BaseDatabaseOperations, statements: list[str]) -> None:
        with unguarded(self.connection):
            flush(self, statements)

    BaseDatabaseOperations.execute_sql_flush = flush_unguarded  # type: ignore[method-assign]
