"""What an organization wants to be called and counted as from now on, until a moderator has agreed."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.vocabulary import choices

from .organization import Organization


class OrganizationChangeQuerySet(models.QuerySet["OrganizationChange"]):
    def awaiting_decision(self) -> "OrganizationChangeQuerySet":
        """Those that a moderator has to look at, oldest first."""
        return self.filter(state=OrganizationChange.State.WAITING).order_by("asked_at", "pk")


class OrganizationChange(models.Model):
    """A new name or kind that a main user has asked for. One at a time waits."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for approval")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Not approved")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="changes")
    # The names by language code, all of them, as they should be.
    names = models.JSONField(default=dict)
    kind = models.CharField(max_length=30, choices=choices("organization_kind"))
    reason = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING, editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True, editable=False)
    message = models.TextField(blank=True)

    objects = OrganizationChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization"], condition=models.Q(state="waiting"), name="organization_change_one_waits"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "accepted", "declined", "withdrawn"]),
                name="organization_change_state_known",
            ),
        ]

    def __str__(self) -> str:
        return next(iter(self.names.values()), "")
