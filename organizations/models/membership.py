"""Who may act for an organization, and as what."""

from django.conf import settings
from django.db import models

from portal.vocabulary import label_lazy

from .organization import Organization


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self) -> "MembershipQuerySet":
        return self.filter(state=Membership.State.ACTIVE)

    def awaiting_answer(self) -> "MembershipQuerySet":
        """Requests to join that nobody has answered."""
        return self.filter(state=Membership.State.ASKED).order_by("asked_at", "pk")


class Membership(models.Model):
    """A person in an organization. One row for each pair; its state tells where the two stand."""

    class Role(models.TextChoices):
        MAIN_USER = "main_user", label_lazy("membership_role", "main_user")
        EDITOR = "editor", label_lazy("membership_role", "editor")

    class State(models.TextChoices):
        ASKED = "asked", label_lazy("membership_state", "asked")
        ACTIVE = "active", label_lazy("membership_state", "active")
        REMOVED = "removed", label_lazy("membership_state", "removed")

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role.choices, default=Role.EDITOR)
    state = models.CharField(max_length=12, choices=State.choices)
    message = models.CharField(max_length=500, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["organization", "role", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "user"], name="membership_once"),
            models.CheckConstraint(condition=models.Q(role__in=["main_user", "editor"]), name="membership_role_known"),
            models.CheckConstraint(
                condition=models.Q(state__in=["asked", "active", "removed"]), name="membership_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"
