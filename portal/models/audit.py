"""Who did what to what, and when. Written only by actions, never changed, tied to nothing by foreign keys.

When an account is erased, its name is taken out (`portal.audit.take_out_names`); what was done stays.
"""

from django.db import models
from django.utils import timezone


class AuditEvent(models.Model):
    """One thing that an action did. It outlives the people and rows that it names."""

    at = models.DateTimeField(default=timezone.now, editable=False, db_index=True)
    actor_id = models.BigIntegerField(editable=False)
    actor_label = models.CharField(max_length=254, editable=False)
    verb = models.CharField(max_length=60, editable=False)
    noun = models.CharField(max_length=40, editable=False)
    noun_id = models.BigIntegerField(editable=False)
    organization_id = models.BigIntegerField(null=True, editable=False)
    details = models.JSONField(default=dict, editable=False)

    class Meta:
        ordering = ["-at", "-pk"]
        # One for each question of the audit page: the newest of a selection are found without reading the others.
        indexes = [
            models.Index(fields=["noun", "noun_id", "-at"], name="audit_by_noun"),
            models.Index(fields=["verb", "noun", "-at", "-id"], name="audit_by_verb"),
            models.Index(fields=["actor_id", "-at", "-id"], name="audit_by_actor"),
            models.Index(fields=["organization_id", "-at", "-id"], name="audit_by_organization"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_label} {self.verb} {self.noun} {self.noun_id}"

    def save(self, *args, **kwargs) -> None:
        if not self._state.adding:
            raise TypeError("An audit event is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("An audit event is never deleted.")
