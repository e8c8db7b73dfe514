"""Tables in which rows are only added. The database itself refuses all else, whoever asks.

On PostgreSQL and on SQLite triggers refuse to change or delete a row, on PostgreSQL also to empty the table. One narrow
way is open: between `redacting()`, columns that a table names may change, so that an erased person's name can be taken
out. `settings.APPEND_ONLY` lists the tables, migrations make the triggers with `keep()`.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython
from django.db.migrations.state import StateApps

_is_redacting: ContextVar[bool] = ContextVar("is_redacting", default=False)
REFUSAL = "rows of this table are never changed or deleted"

# The arguments of the trigger are the columns that may change while names are taken out.
_FUNCTION = f"""
CREATE OR REPLACE FUNCTION portal_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND TG_NARGS > 0 AND current_setting('portal.redacting', true) = 'on'
        AND to_jsonb(NEW) - TG_ARGV = to_jsonb(OLD) - TG_ARGV THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '{REFUSAL}: %', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$
"""


def _on_postgresql(table: str, but: Iterable[str]) -> Iterator[str]:
    columns = ", ".join(f"'{column}'" for column in but)
    yield _FUNCTION
    yield (
        f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION portal_refuse_change({columns})"
    )
    yield (
        f"CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION portal_refuse_change()"
    )


def _on_sqlite(table: str, keys: Iterable[str], fixed: Iterable[str], but: Iterable[str]) -> Iterator[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}: {table}'); END"
    same = " AND ".join(f'NEW."{column}" IS OLD."{column}"' for column in fixed)
    unless = f" WHEN NOT (portal_is_redacting() AND {same})" if but else ""
    yield f"CREATE TRIGGER {table}_kept BEFORE UPDATE ON {table}{unless} {refuse}"
    yield f"CREATE TRIGGER {table}_not_deleted BEFORE DELETE ON {table} {refuse}"
    # INSERT OR REPLACE would delete without asking the trigger above.
    same = " OR ".join(f'"{key}" = NEW."{key}"' for key in keys)
    there = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})"
    yield f"CREATE TRIGGER {table}_not_replaced BEFORE INSERT ON {table} {there} {refuse}"


_NAMES = {"postgresql": ("kept", "not_emptied"), "sqlite": ("kept", "not_deleted", "not_replaced")}


def keep(label: str, but: Iterable[str] = ()) -> RunPython:
    """The step of a migration that makes a model's table append-only, but for some columns while names are taken out.

    SQLite makes a table anew when a column of it changes, and the triggers are gone then: repeat the step.
    """
    but = tuple(but)

    def forwards(state: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        backwards(state, editor)
        meta = state.get_model(label)._meta
        if editor.connection.vendor == "postgresql":
            statements = _on_postgresql(meta.db_table, but)
        else:
            fixed = [field.column for field in meta.local_concrete_fields if field.column not in but]
            keys = [field.column for field in meta.local_concrete_fields if field.unique]
            statements = _on_sqlite(meta.db_table, keys, fixed, but)
        for statement in statements:
            editor.execute(statement, None)

    def backwards(state: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        table = state.get_model(label)._meta.db_table
        where = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
        for name in _NAMES[editor.connection.vendor]:
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}{where}")

    return RunPython(forwards, backwards)


def missing_triggers() -> list[str]:
    """The triggers that should be in force and are not."""
    if connection.vendor == "postgresql":
        present = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
    else:
        present = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(present)
        names = {row[0] for row in cursor.fetchall()}
    wanted = (
        f"{apps.get_model(label)._meta.db_table}_{name}"
        for label in settings.APPEND_ONLY
        for name in _NAMES[connection.vendor]
    )
    return [name for name in wanted if name not in names]


@contextmanager
def redacting() -> Iterator[None]:
    """Within a transaction: the columns that a table names may change. What fails in between is rolled back whole."""
    _allow("on")
    token = _is_redacting.set(True)
    try:
        yield
    finally:
        _is_redacting.reset(token)
    _allow("off")


def _allow(value: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('portal.redacting', %s, true)", [value])


def tell_sqlite(sender: object, connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Give a new connection the question that the triggers ask. Without it, as in a shell, they refuse."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("portal_is_redacting", 0, _is_redacting.get)
