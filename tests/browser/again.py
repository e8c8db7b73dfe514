"""Journeys that are gone once more, in another language or on another screen."""

from typing import Any

import pytest


def again(*values: Any, id: str | None = None) -> Any:
    """A parameter set that `make test` leaves to `make test-pages`."""
    return pytest.param(*values, marks=pytest.mark.each_page, id=id)
