"""The migrations say what the models say, on this database."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests.guards.world import OUR_APPS


@pytest.mark.django_db
def test_no_migration_is_missing(capsys):
    with_models = [app for app in OUR_APPS if any(apps.get_app_config(app).get_models())]
    assert set(MigrationLoader(connection).migrated_apps) >= set(with_models) == set(OUR_APPS)
    try:
        call_command("makemigrations", check_changes=True, dry_run=True, verbosity=1)
    except SystemExit:
        pytest.fail(f"makemigrations is needed:\n{capsys.readouterr().out}")


@pytest.mark.django_db
def test_every_migration_has_been_applied():
    loader = MigrationLoader(connection)
    ours = {key for key in loader.disk_migrations if key[0] in OUR_APPS}
    assert len(ours) >= 4
    assert ours <= set(loader.applied_migrations)
