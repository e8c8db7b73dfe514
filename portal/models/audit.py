"""Who did what to what, and when. Written only by actions, never changed, tied to nothing by foreign keys.

When an account is erased, its name is taken out (`portal.audit.take_out_names`); what was done stays. The database
refuses all other changes (`portal/audit/append_only.py`), and seals show what was changed past it.
"""

import secrets

from django.db import models
from django.utils import timezone


def new_salt() -> str:
    """What keeps a name from being found out by hashing all names."""
    return secrets.token_hex(16)


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
    # Hashed with the name and the details; another one takes its place when the name is taken out.
    salt = models.CharField(max_length=32, default=new_salt, db_default="", editable=False)

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


class AuditSeal(models.Model):
    """One link of the chain: the seal of one event, bound to the seal before it by `hash` (`portal/audit/chain.py`).

    `number` counts from 1 without a gap. The event is named by its number only, so that its seal outlives it.
    """

    number = models.BigIntegerField(primary_key=True)
    event_id = models.BigIntegerField(unique=True)
    content = models.CharField(max_length=64)
    personal = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}: {self.event_id}"
