"""The database refuses to change or delete a decision."""

from django.db import migrations

from portal.audit.append_only import keep


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0007_by_time"),
    ]

    operations = [
        keep("moderation.Decision"),
    ]
