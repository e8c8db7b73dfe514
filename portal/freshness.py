"""One version for all that readers see. Whatever changes a public page raises it in its own transaction.

The search index has such a version anyway, but it belongs to an app that this one may not import: settings name who
reads it (`PUBLIC_VERSION`) and who raises it (`RAISE_PUBLIC_VERSION`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.utils.module_loading import import_string

Version = tuple[int, int]

# What was read in this request; an empty list before the first reading, nothing outside of `read_once()`.
_read: ContextVar[list[Version] | None] = ContextVar("read", default=None)


def version() -> Version:
    """The present version."""
    read = _read.get()
    if read:
        return read[0]
    present = import_string(settings.PUBLIC_VERSION)()
    if read is not None:
        read.append(present)
    return present


def raise_version() -> None:
    """Say that a public page has changed. Within the transaction of the change."""
    import_string(settings.RAISE_PUBLIC_VERSION)()


@contextmanager
def read_once() -> Iterator[None]:
    """Ask the database only once, while a page is made that changes nothing."""
    token = _read.set([])
    try:
        yield
    finally:
        _read.reset(token)
