"""Who may decide. Used by actions, templates and tests alike."""

from django.contrib.auth.models import AnonymousUser

from listings.permissions import can_publish
from organizations.models import Organization, User
from organizations.permissions import can_decide_organization, has_role
from portal.staff_pages import for_staff

__all__ = [
    "can_decide_organization",
    "can_moderate",
    "can_publish",
    "can_see_audit",
    "can_read_internal_notes",
    "moderators_only",
    "overseers_only",
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


moderators_only = for_staff(can_moderate)
overseers_only = for_staff(can_see_audit)
