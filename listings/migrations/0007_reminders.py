from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('listings', '0006_postings_storage'),
    ]

    operations = [
        migrations.AddField(
            model_name='listing',
            name='reminders',
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='listing',
            name='paused_until',
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='version',
            name='exceptions',
            field=models.JSONField(blank=True, default=list),
        ),
    ]
