"""What the database holds, and what of it changes: to show that something was done, or that nothing was."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from tests.guards.world import OUR_APPS

# Facts that come with the project: no action writes them.
_REFERENCE = {"Region", "Municipality", "Language", "Page", "ActivityForm", "TargetGroup"}

WRITES = re.compile(
    r"^\s*(?:WITH\b.*\b)?(INSERT|UPDATE|DELETE|REPLACE|MERGE|TRUNCATE|CREATE|ALTER|DROP)\b", re.I | re.S
)


def writes(queries: CaptureQueriesContext) -> list[str]:
    """Those of the queries that may change something."""
    return [query["sql"] for query in queries if WRITES.match(query["sql"])]


def kept_models() -> list[type[models.Model]]:
    """The tables that actions write: ours, the outbox and the accounts, links included."""
    return [
        model
        for app in (*OUR_APPS, "post_office", "account")
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
        if model.__name__ not in _REFERENCE
    ]


def all_rows() -> dict[str, list[tuple[Any, ...]]]:
    """Everything that is in the database, to compare with what is there later."""
    rows = {}
    with connection.cursor() as cursor:
        for model in kept_models():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)} ORDER BY 1")
            rows[model._meta.label] = cursor.fetchall()
    return rows


def what_changed(before: dict[str, list], after: dict[str, list]) -> list[str]:
    """The tables in which something changed."""
    return [label for label in before if before[label] != after[label]]


class Changes:
    """The tables in which something changed. All rows are read again only when a write was sent."""

    def __init__(self, before: dict[str, list]) -> None:
        self.before = before
        self.has_written = False

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: dict) -> Any:
        self.has_written |= WRITES.match(sql) is not None
        return execute(sql, params, many, context)

    def tables(self) -> list[str]:
        return what_changed(self.before, all_rows()) if self.has_written else []


@contextmanager
def changes_since(before: dict[str, list]) -> Iterator[Changes]:
    """What changes from here on; `before` is `all_rows()` of now."""
    changes = Changes(before)
    with connection.execute_wrapper(changes):
        yield changes
