"""Who may decide. Used by actions, templates and tests alike."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse

from listings.permissions import can_publish
from organizations.models import Organization, User
from organizations.permissions import can_decide_organization, has_role

__all__ = [
    "can_decide_organization",
    "can_moderate",
    "can_publish",
    "can_see_audit",
    "can_read_internal_notes",
    "moderators_only",
]


def can_moderate(user: User | AnonymousUser) -> bool:
    """Whether the person sees the queue."""
    return user.is_authenticated and user.is_moderator


def can_read_internal_notes(user: User | AnonymousUser, organization: Organization) -> bool:
    """Moderators, but not what is said of an organization to which they themselves belong."""
    return can_moderate(user) and not has_role(user, organization)


def can_see_audit(user: User | AnonymousUser) -> bool:
    """Operators; moderators, too, who see in it only what concerns organizations (`moderation/audit/trail.py`)."""
    return user.is_authenticated and (user.is_moderator or user.is_staff)


def moderators_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """To all others the page does not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not can_moderate(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
