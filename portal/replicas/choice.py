"""Which database this request reads from, and the router that tells Django."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

PRIMARY = "default"

_in_use: ContextVar[str] = ContextVar("database_in_use", default=PRIMARY)


def database_in_use() -> str:
    """The name of the database that is read from here and now."""
    return _in_use.get()


def database() -> BaseDatabaseWrapper:
    """The connection that is read from here and now, for questions asked by hand."""
    return connections[_in_use.get()]


@contextmanager
def reading_from(name: str) -> Iterator[None]:
    """Read from this database for a while. What is written goes to the primary all the same."""
    token = _in_use.set(name)
    try:
        yield
    finally:
        _in_use.reset(token)


class ReplicaRouter:
    """Reads go where the request reads, everything else to the primary."""

    def db_for_read(self, model: type, **hints: Any) -> str:
        return _in_use.get()

    def db_for_write(self, model: type, **hints: Any) -> str:
        return PRIMARY

    def allow_relation(self, one: object, other: object, **hints: Any) -> bool:
        return True  # they are the same rows

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == PRIMARY
