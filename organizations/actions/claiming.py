"""When nobody answers for an organization any more: an editor offers to, and a moderator decides."""

from django.db import transaction
from django.utils import timezone

from organizations import mails, permissions
from organizations.actions.standing import member_now, set_standing
from organizations.locking import locked
from organizations.models import Membership, Organization, User
from portal.audit import record
from portal.refusals import AlreadyDecided, NotPermitted


@transaction.atomic
def claim_organization(organization: Organization, *, by: User, claim: str) -> Membership:
    """Offer to be main user. The moderators are told, and the silent main users, who need only sign in."""
    organization = locked(organization)
    if not permissions.can_claim(by, organization):
        raise AlreadyDecided
    membership = Membership.objects.select_related("user", "organization").get(organization=organization, user=by)
    membership.claimed_at, membership.claim = timezone.now(), claim
    membership.save(update_fields=["claimed_at", "claim"])
    record("claimed", membership, by=by, organization_id=organization.pk)
    mails.tell_of_claim(membership)
    return membership


def _claimed(membership: Membership, by: User) -> Membership:
    """A claim that waits, for a moderator; the organization is locked from here on."""
    organization, membership = member_now(membership)
    if membership.claimed_at is None or membership.state != Membership.State.ACTIVE:
        raise AlreadyDecided
    if not permissions.can_decide_claim(by, organization):
        raise NotPermitted
    return membership


@transaction.atomic
def accept_claim(membership: Membership, *, by: User, message: str = "") -> Membership:
    """The editor becomes main user. All who answer for the organization are told."""
    membership = _claimed(membership, by)
    if not Organization.objects.orphaned().filter(pk=membership.organization_id).exists():
        raise AlreadyDecided
    membership = set_standing(
        membership.organization, membership.user, state=Membership.State.ACTIVE, role=Membership.Role.MAIN_USER
    )
    record("accepted_claim", membership, by=by, organization_id=membership.organization_id, message=message)
    mails.tell_claim_accepted(membership, message)
    return membership


@transaction.atomic
def decline_claim(membership: Membership, *, by: User, message: str) -> Membership:
    """The editor stays an editor, and is told why."""
    membership = _claimed(membership, by)
    membership = set_standing(membership.organization, membership.user, state=membership.state, role=membership.role)
    record("declined_claim", membership, by=by, organization_id=membership.organization_id, message=message)
    mails.tell_claim_declined(membership, message)
    return membership
