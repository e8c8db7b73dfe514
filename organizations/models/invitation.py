"""An organization asks a person in, by mail."""

from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .membership import Membership
from .organization import Organization


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, at: datetime | None = None) -> "InvitationQuerySet":
        """Those that can still be accepted."""
        return self.filter(state=Invitation.State.SENT, expires_at__gt=at or timezone.now())

    def with_key(self, key: str) -> "InvitationQuerySet":
        """The one that this key belongs to, whatever has become of it."""
        return self.filter(digest=Invitation.digest_of(key))


class Invitation(models.Model):
    """A key in a mail: it lets one person in once. Only the digest of the key is stored."""

    class State(models.TextChoices):
        SENT = "sent", _("Invited")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("E-mail address"))
    role = models.CharField(max_length=12, choices=Membership.Role.choices, default=Membership.Role.EDITOR)
    language = models.CharField(max_length=10, default="fi")
    state = models.CharField(max_length=12, choices=State.choices, default=State.SENT, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(editable=False)

    # Known only while it is being sent; it is stored nowhere.
    key: str = ""

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "organization",
                Lower("email"),
                condition=models.Q(state="sent"),
                name="invitation_one_at_a_time",
            ),
            models.CheckConstraint(condition=models.Q(role__in=["main_user", "editor"]), name="invitation_role_known"),
            models.CheckConstraint(
                condition=models.Q(state__in=["sent", "accepted", "declined", "withdrawn"]),
                name="invitation_state_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} ({self.get_role_display()})"

    @staticmethod
    def digest_of(key: str) -> str:
        return sha256(key.encode()).hexdigest()

    @property
    def has_run_out(self) -> bool:
        return self.state == self.State.SENT and self.expires_at <= timezone.now()
