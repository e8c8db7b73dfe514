from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0002_mail_that_waits"),
    ]

    operations = [
        migrations.AlterField(
            model_name="auditevent",
            name="organization_id",
            field=models.BigIntegerField(editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["verb", "noun", "-at", "-id"], name="audit_by_verb"),
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["actor_id", "-at", "-id"], name="audit_by_actor"),
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["organization_id", "-at", "-id"], name="audit_by_organization"),
        ),
    ]
