"""Where a person stands in an organization: the one place that writes it, under the organization's lock."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organizations.locking import locked
from organizations.models import Membership, Organization, User
from portal.refusals import AlreadyDecided, Refused


class LastMainUser(Refused):
    """Without this person nobody would answer for the organization."""

    message = _(
        "You are the only main user. Make somebody else main user first, or invite one. "
        "Then you can step down or leave."
    )


def member_now(membership: Membership) -> tuple[Organization, Membership]:
    """The organization, locked until the transaction ends, and the membership as it stands in it now.

    `AlreadyDecided` when the organization has been joined with another one meanwhile: the membership is there now.
    """
    organization = locked(membership.organization)
    memberships = organization.memberships.select_related("user", "organization")
    present = memberships.filter(pk=membership.pk).first()
    if present is None:
        raise AlreadyDecided
    return organization, present


def set_standing(organization: Organization, user: User, *, state: str, role: str, **fields: Any) -> Membership:
    """Write how the two stand from now on. A claim to the role of main user ends with it."""
    membership, _created = Membership.objects.update_or_create(
        organization=organization,
        user=user,
        defaults={
            "state": state,
            "role": role,
            "changed_at": timezone.now(),
            "claimed_at": None,
            "claim": "",
            **fields,
        },
    )
    return membership


def keep_a_main_user(organization: Organization, *, without: User) -> None:
    """`LastMainUser` when nobody else who can sign in would be main user. Called under the organization's lock."""
    others = Membership.objects.main_users().filter(organization=organization).exclude(user=without)
    if not others.exists():
        raise LastMainUser
