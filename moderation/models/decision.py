"""What a moderator decided, why, and under which rules."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from listings.models import Version
from moderation.judging.noting import FieldNote, field_notes
from organizations.models import Organization


class Decision(models.Model):
    """A decision on a version or on an organization. Never changed.

    `findings` are what the rules said then, `rule_set` and `limits` the edition and its limits as they were set.
    """

    class Outcome(models.TextChoices):
        PUBLISHED = "published", _("Published")
        RETURNED = "returned", _("Sent back for changes")
        REJECTED = "rejected", _("Rejected")
        KEPT = "kept", _("Kept after a re-check")
        TAKEN_DOWN = "taken_down", _("Taken away from readers")
        APPROVED = "approved", _("Organization approved")
        DECLINED = "declined", _("Organization not approved")
        SUSPENDED = "suspended", _("Organization suspended")
        REINSTATED = "reinstated", _("Organization shown again")
        MERGED = "merged", _("Organization joined with another")
        TRUSTED = "trusted", _("Organization trusted")
        DISTRUSTED = "distrusted", _("Organization no longer trusted")
        RECONSIDERED = "reconsidered", _("Opened again for a decision")

    # By these, a moderator takes what the rules found as good enough for readers.
    ACCEPTING = (Outcome.PUBLISHED, Outcome.KEPT)

    version = models.ForeignKey(Version, on_delete=models.PROTECT, null=True, related_name="decisions")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, related_name="decisions")
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    reasons = models.JSONField(default=list)
    message = models.TextField(blank=True)
    # What the moderator says about single answers of the version: text by the name of the answer.
    notes = models.JSONField(default=dict)
    # What a version that was sent back said then: its author goes on writing in the same row (`listings/snapshots.py`).
    snapshot = models.JSONField(default=dict)
    language = models.CharField(max_length=10)
    findings = models.JSONField(default=list)
    rule_set = models.CharField(max_length=20)
    limits = models.JSONField(default=dict)
    moderator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="decisions")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(version__isnull=False, organization__isnull=True)
                | models.Q(version__isnull=True, organization__isnull=False),
                name="decision_on_one_thing",
            ),
        ]
        indexes = [
            models.Index(fields=["at", "outcome"], name="decision_by_time"),
            # Whose a version is that comes again: asked for with each page of the queue.
            models.Index(
                fields=["moderator", "version"], condition=models.Q(outcome="returned"), name="decision_returned_by"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} {self.at:%Y-%m-%d}"

    @property
    def is_news_for_author(self) -> bool:
        """Whether the author has something to read: what was accepted without a word is seen from the listing."""
        return bool(self.message) or self.outcome not in self.ACCEPTING

    @property
    def field_notes(self) -> list[FieldNote]:
        """The notes at single answers, in the order of the answers."""
        return list(field_notes(self.notes))

    def save(self, *args, **kwargs) -> None:
        if not self._state.adding:
            raise TypeError("A decision is never changed; a new one is made.")
        super().save(*args, **kwargs)
