"""Looking at a page changes nothing: no GET sends an INSERT, UPDATE or DELETE to the database. No table is left out."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.models import Page
from tests.guards.sights import BY_NAME, SIGHTS, furnish
from tests.guards.world import World

WRITES = re.compile(
    r"^\s*(?:WITH\b.*\b)?(INSERT|UPDATE|DELETE|REPLACE|MERGE|TRUNCATE|CREATE|ALTER|DROP)\b", re.I | re.S
)


# Only strangers see these, and they ask the database nothing.
# A probe asks once a second at most
WITHOUT_QUERIES = {"account_login", "account_signup", "account_request_login_code", "health_live", "health_ready"}


def writes(queries: CaptureQueriesContext) -> list[str]:
    return [query["sql"] for query in queries if WRITES.match(query["sql"])]


@pytest.fixture
def world(kept_world: World) -> World:
    """The same for all: nothing that is looked at here changes it."""
    return kept_world


def test_write_is_noticed(db):
    with CaptureQueriesContext(connection) as queries:
        Page.objects.create(slug="noticed")
        Page.objects.filter(slug="noticed").update(slug="changed")
        Page.objects.select_for_update().get(slug="changed")
        Page.objects.filter(slug="changed").delete()
    assert len(writes(queries)) == 3


LOOKED_AT = {
    name: found for name, sights in BY_NAME.items() if (found := [sight for sight in sights if sight.posted is None])
}


@pytest.mark.parametrize("name", list(LOOKED_AT))
def test_get_only_reads(world, name):
    sights = LOOKED_AT[name]
    furnish(world, name)
    asked = 0
    for sight in sights:
        client, url = sight.place(world)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(url)
        assert response.status_code == sight.status
        assert writes(queries) == [], sight
        asked += len(queries)
    if name not in WITHOUT_QUERIES:
        assert asked > 0


def test_all_pages_are_looked_at():
    assert len([sight for sight in SIGHTS if sight.posted is None]) > 100
    assert len(LOOKED_AT) > 25
