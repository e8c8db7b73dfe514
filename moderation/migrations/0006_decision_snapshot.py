from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0005_queue_and_notes"),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="snapshot",
            field=models.JSONField(default=dict),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(
                condition=models.Q(("outcome", "returned")),
                fields=["moderator", "version"],
                name="decision_returned_by",
            ),
        ),
    ]
