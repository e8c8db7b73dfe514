from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("listings", "0010_version_noticed")]

    operations = [
        migrations.AddField(
            model_name="version", name="easy_summary", field=models.JSONField(blank=True, default=dict)
        ),
    ]
