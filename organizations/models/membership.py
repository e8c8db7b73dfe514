"""Who may act for an organization, and as what."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from portal.vocabulary import label_lazy

from .organization import Organization


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self) -> "MembershipQuerySet":
        return self.filter(state=Membership.State.ACTIVE)

    def awaiting_answer(self) -> "MembershipQuerySet":
        """Requests to join that nobody has answered."""
        return self.filter(state=Membership.State.ASKED).order_by("asked_at", "pk")

    def main_users(self) -> "MembershipQuerySet":
        """Those of main users who can sign in."""
        return self.active().filter(role=Membership.Role.MAIN_USER, user__is_active=True)

    def claims(self) -> "MembershipQuerySet":
        """Those of editors who offer to be main user, oldest first."""
        return self.active().filter(claimed_at__isnull=False).order_by("claimed_at", "pk")

    def answerable_by(self, user) -> "MembershipQuerySet":
        """Those that the person may let in or not: a main user; a moderator where no main user answers."""
        answerable = models.Q(organization__in=Organization.objects.managed_by(user))
        if user.is_moderator:
            unanswered = models.Q(reminders__gte=Membership.PASSED_ON)
            unanswered |= models.Q(organization__in=Organization.objects.orphaned())
            answerable |= unanswered & ~models.Q(organization__in=Organization.objects.with_member(user))
        return self.filter(answerable)


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
    asked_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    # How many times the main users have been reminded of a request that waits.
    reminders = models.PositiveSmallIntegerField(default=0, editable=False)
    # An editor asks to become main user, because nobody else answers for the organization any more.
    claimed_at = models.DateTimeField(null=True, blank=True, editable=False)
    claim = models.CharField(max_length=500, blank=True)

    # So many reminders, and the request has been passed on to the moderators.
    PASSED_ON = 3

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
