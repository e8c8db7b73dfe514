"""The world that the guards walk through."""

import pytest

from tests.guards.undefined import Undefined, remember_undefined
from tests.guards.world import World


@pytest.fixture
def world(db) -> World:
    return World()


@pytest.fixture
def undefined(monkeypatch) -> Undefined:
    """What templates ask for from here on and nobody gave them."""
    return remember_undefined(monkeypatch)
