from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0006_decision_snapshot"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["at", "outcome"], name="decision_by_time"),
        ),
        migrations.AddIndex(
            model_name="recheck",
            index=models.Index(fields=["cause", "opened_at"], name="recheck_by_opening"),
        ),
        migrations.AddIndex(
            model_name="recheck",
            index=models.Index(fields=["cause", "closed_at"], name="recheck_by_closing"),
        ),
    ]
