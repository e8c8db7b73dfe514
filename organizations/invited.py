"""Which invitation a key opens, and how it outlasts the making of an account."""

from django.http import HttpRequest
from django.urls import reverse

from organizations import permissions
from organizations.models import Invitation

# Where the session keeps the key while its holder makes an account and confirms the address.
KEPT_KEY = "invitation"


def invitation_with(key: str) -> Invitation | None:
    """The invitation of this key, whatever has become of it."""
    return Invitation.objects.with_key(key).select_related("organization", "invited_by").first()


def can_still_open(invitation: Invitation | None) -> bool:
    """Whether somebody can still be let in with it."""
    if invitation is None or invitation.state != Invitation.State.SENT or invitation.has_run_out:
        return False
    return permissions.takes_people_in(invitation.organization)


def kept_invitation(request: HttpRequest) -> str:
    """The address of the invitation for which somebody has made an account; empty when none waits for an answer."""
    key = request.session.get(KEPT_KEY, "")
    return reverse("invitation", args=[key]) if key and can_still_open(invitation_with(key)) else ""
