"""Two releases run side by side for a while: a migration that the older one cannot live with is found."""

import pytest
from django.apps import apps
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from scripts.check_migrations import BASELINE, all_problems, problems_of

BAD = {
    "removed field": migrations.RemoveField("listing", "state"),
    "renamed field": migrations.RenameField("listing", "slug", "address"),
    "removed table": migrations.DeleteModel("Version"),
    "renamed table": migrations.RenameModel("Version", "Edition"),
    "new field that must be filled": migrations.AddField(
        "listing", "colour", models.CharField(max_length=9, default="")
    ),
    "field that may be empty no longer": migrations.AlterField("version", "note", models.CharField(max_length=200)),
    "shorter field": migrations.AlterField("listing", "slug", models.SlugField(max_length=10)),
    "field of another kind": migrations.AlterField("listing", "slug", models.IntegerField()),
    "index on a table that is in use": migrations.AddIndex("listing", models.Index(fields=["slug"], name="by_slug")),
    "rule for rows that are there": migrations.AddConstraint(
        "listing", models.UniqueConstraint(fields=["slug"], name="slug_once")
    ),
    "step without a way back": migrations.RunPython(lambda apps, schema: None),
    "column dropped by hand": migrations.RunSQL("ALTER TABLE x DROP COLUMN y", migrations.RunSQL.noop),
}
GOOD = {
    "new field that may be empty": migrations.AddField("listing", "colour", models.CharField(max_length=9, null=True)),
    "new field that the database fills": migrations.AddField(
        "listing", "colour", models.CharField(max_length=9, db_default="")
    ),
    "longer field": migrations.AlterField("listing", "slug", models.SlugField(max_length=200)),
    "new table": migrations.CreateModel("Colour", [("id", models.BigAutoField(primary_key=True))]),
    "step with a way back": migrations.RunPython(migrations.RunPython.noop, migrations.RunPython.noop),
}


def found(*operations: migrations.operations.base.Operation) -> list[str]:
    state = ProjectState()
    migrations.CreateModel(
        "Listing",
        [
            ("id", models.BigAutoField(primary_key=True)),
            ("slug", models.SlugField(max_length=100)),
            ("state", models.CharField(max_length=9)),
        ],
    ).state_forwards("listings", state)
    migrations.CreateModel(
        "Version",
        [("id", models.BigAutoField(primary_key=True)), ("note", models.CharField(max_length=200, null=True))],
    ).state_forwards("listings", state)
    migration = migrations.Migration("9999_test", "listings")
    migration.operations = list(operations)
    return list(problems_of(migration, state))


@pytest.mark.parametrize("operation", BAD.values(), ids=BAD)
def test_migration_that_breaks_the_release_before_is_found(operation):
    assert len(found(operation)) == 1


@pytest.mark.parametrize("operation", GOOD.values(), ids=GOOD)
def test_migration_that_both_can_live_with_passes(operation):
    assert found(operation) == []


def test_table_that_the_same_migration_makes_may_have_anything():
    index = migrations.AddIndex("colour", models.Index(fields=["id"], name="colour_by_id"))
    assert found(GOOD["new table"], index) == []


def test_every_app_has_a_baseline_that_exists():
    ours = {config.label for config in apps.get_app_configs() if config.label in BASELINE}
    assert ours == set(BASELINE)
    assert set(BASELINE.items()) <= set(MigrationLoader(None).disk_migrations)


def test_migrations_of_this_release_can_live_with_the_one_before():
    assert list(all_problems()) == []
