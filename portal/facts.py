"""Reference rows as this process knows them. They come with a release, so no page asks the database for them again."""

import time
from typing import Any, TypeVar

from django.db.models import Model
from django.utils.translation import get_language

# A new release starts new processes; this is for one that runs while the facts are loaded.
KEPT_SECONDS = 300

Row = TypeVar("Row", bound=Model)

_known: dict[type[Model], tuple[float, tuple[Any, ...]]] = {}
_names: dict[tuple[type[Model], str], tuple[tuple[Any, ...], dict[Any, str]]] = {}


def rows_of(model: type[Row]) -> tuple[Row, ...]:
    """All rows of a table of facts, in its own order. Names are read from them in the reader's language."""
    since, rows = _known.get(model, (0.0, ()))
    if not rows or time.monotonic() - since > KEPT_SECONDS:
        rows = tuple(model._default_manager.all())
        _known[model] = time.monotonic(), rows
    return rows


def names_of(model: type[Model]) -> dict[Any, str]:
    """The rows' names by their codes, in the reader's language. Read once in each: a list page shows some hundred."""
    rows, key = rows_of(model), (model, get_language() or "")
    known = _names.get(key)
    if known is None or known[0] is not rows:
        known = _names[key] = rows, {row.pk: str(row) for row in rows}
    return known[1]
