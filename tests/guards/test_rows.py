"""The guards notice what is written, in whatever table."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.models import Page
from tests.guards.rows import all_rows, changes_since, writes
from tests.guards.world import World


def test_write_is_noticed(db):
    with CaptureQueriesContext(connection) as queries:
        Page.objects.create(slug="noticed")
        Page.objects.filter(slug="noticed").update(slug="changed")
        Page.objects.select_for_update().get(slug="changed")
        Page.objects.filter(slug="changed").delete()
    assert len(writes(queries)) == 3


def test_change_is_found_and_a_write_that_changes_nothing_is_none(world: World):
    draft = world.home.version("draft")
    before = all_rows()
    with changes_since(before) as changes:
        type(draft).objects.get(pk=draft.pk)
    assert not changes.has_written
    assert changes.tables() == []
    with changes_since(before) as changes:
        type(draft).objects.filter(pk=draft.pk).update(venue=draft.venue)
        assert changes.has_written
        assert changes.tables() == []
        type(draft).objects.filter(pk=draft.pk).update(venue="Muualla")
        assert changes.tables() == ["listings.Version"]
