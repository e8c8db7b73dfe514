"""The audit becomes a chain that the database does not let anybody change."""

import django.utils.timezone
from django.db import migrations, models

import portal.models.audit
from portal.audit.append_only import keep


def salt_what_is_there(apps, editor):
    """Each event that is there gets a salt of its own, in one statement."""
    random = (
        "replace(gen_random_uuid()::text, '-', '')"
        if editor.connection.vendor == "postgresql"
        else "lower(hex(randomblob(16)))"
    )
    editor.execute(f"UPDATE portal_auditevent SET salt = {random}")


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0004_feedback"),
    ]

    operations = [
        migrations.AddField(
            model_name="auditevent",
            name="salt",
            field=models.CharField(db_default="", default=portal.models.audit.new_salt, editable=False, max_length=32),
        ),
        migrations.RunPython(salt_what_is_there, migrations.RunPython.noop),
        migrations.CreateModel(
            name="AuditSeal",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("event_id", models.BigIntegerField(unique=True)),
                ("content", models.CharField(max_length=64)),
                ("personal", models.CharField(max_length=64)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("hash", models.CharField(max_length=64)),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        keep("portal.AuditEvent", but=("actor_label", "details", "salt")),
        keep("portal.AuditSeal"),
    ]
