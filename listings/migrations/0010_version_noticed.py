from django.db import migrations, models


def take_from_trace(apps, schema_editor) -> None:
    """What waits was handed in with its findings in the trace."""
    version = apps.get_model("listings", "Version")
    event = apps.get_model("portal", "AuditEvent")
    for pk in version.objects.filter(state="submitted").values_list("pk", flat=True).iterator():
        events = event.objects.filter(noun="version", noun_id=pk, verb="submitted").order_by("-at", "-pk")
        codes = next((one.details.get("findings", []) for one in events[:1]), [])
        if codes:
            version.objects.filter(pk=pk).update(noticed=f" {' '.join(codes)} ")


class Migration(migrations.Migration):
    dependencies = [
        ("listings", "0009_remarks_and_links"),
        ("portal", "0002_mail_that_waits"),
    ]

    operations = [
        migrations.AddField(
            model_name="version",
            name="noticed",
            field=models.TextField(blank=True, default="", editable=False),
            preserve_default=False,
        ),
        migrations.RunPython(take_from_trace, migrations.RunPython.noop),
    ]
