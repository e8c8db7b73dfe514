"""Decisions: what a moderator decided, why, and under which rules. Never changed."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from listings.models import Version
from organizations.models import Organization


class Decision(models.Model):
    """A decision on a version or on an organization."""

    class Outcome(models.TextChoices):
        PUBLISHED = "published", _("Published")
        RETURNED = "returned", _("Sent back for changes")
        REJECTED = "rejected", _("Rejected")
        APPROVED = "approved", _("Organization approved")
        DECLINED = "declined", _("Organization not approved")

    version = models.ForeignKey(Version, on_delete=models.PROTECT, null=True, related_name="decisions")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, related_name="decisions")
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    reasons = models.JSONField(default=list)
    message = models.TextField(blank=True)
    language = models.CharField(max_length=10)
    findings = models.JSONField(default=list)
    rule_set = models.CharField(max_length=20)
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

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} {self.at:%Y-%m-%d}"

    def save(self, *args, **kwargs) -> None:
        if not self._state.adding:
            raise TypeError("A decision is never changed; a new one is made.")
        super().save(*args, **kwargs)
