"""The world that the guards walk through."""

import pytest

from tests.guards.world import World


@pytest.fixture
def world(db) -> World:
    return World()
