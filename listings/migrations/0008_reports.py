import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('listings', '0007_reminders'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='listing',
            name='hidden_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='listing',
            name='hidden_for',
            field=models.CharField(blank=True, default='', editable=False, max_length=20),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name='listing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('hidden_at__isnull', True), ('hidden_for', '')), models.Q(('hidden_at__isnull', False), ('hidden_for__in', ['over', 'unsuitable'])), _connector='OR'), name='listing_hidden_for_a_reason'),
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('over', 'It is over, or it no longer exists'), ('wrong_time_or_place', 'The time or the place is wrong'), ('not_as_said', 'It is not what the page says'), ('unsuitable', 'It does not belong here: it is harmful, insulting or a fraud'), ('other', 'Something else')], max_length=20)),
                ('words', models.TextField(blank=True, max_length=1000)),
                ('reader_email', models.EmailField(blank=True, max_length=254)),
                ('language', models.CharField(max_length=10)),
                ('sender', models.CharField(blank=True, max_length=64)),
                ('sender_today', models.CharField(blank=True, max_length=64)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('closed_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, choices=[('changed', 'The organizer changed it'), ('right', 'The organizer says that it is right'), ('kept', 'A moderator checked it, and it stays'), ('taken_down', 'A moderator took it away')], max_length=12)),
                ('reply', models.TextField(blank=True, max_length=4000)),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('listing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='listings.listing')),
            ],
            options={
                'ordering': ['-made_at', '-pk'],
                'indexes': [models.Index(fields=['closed_at', 'made_at'], name='report_waiting'), models.Index(fields=['sender_today'], name='report_sender_today')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True), ('outcome', '')), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False), ('outcome__in', ['changed', 'right', 'kept', 'taken_down'])), _connector='OR'), name='report_closed_has_outcome')],
            },
        ),
    ]
