from django.db import migrations


class StorePlainly(migrations.RunSQL):
    """Only where there is such a thing: SQLite stores bytes as they are."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "postgresql":
            super().database_backwards(app_label, schema_editor, from_state, to_state)


class Migration(migrations.Migration):
    # Bitmaps are compressed already, and a changed row finds room on its own page.
    dependencies = [("listings", "0005_synonyms_of_operators")]

    operations = [
        StorePlainly(
            [
                "ALTER TABLE listings_posting ALTER COLUMN numbers SET STORAGE EXTERNAL",
                "ALTER TABLE listings_posting SET (fillfactor = 70)",
            ],
            [
                "ALTER TABLE listings_posting ALTER COLUMN numbers SET STORAGE EXTENDED",
                "ALTER TABLE listings_posting RESET (fillfactor)",
            ],
        )
    ]
