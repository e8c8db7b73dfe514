"""Two organizations that are one and the same become one: people, invitations, branches and addresses go over.

The listings go over in `listings.actions.move_listings`, which also makes the public pages anew;
`moderation.actions.merge_organizations` does both.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organizations import organization_mails as mails
from organizations import permissions
from organizations.actions.invitation import close_invitation
from organizations.actions.standing import set_standing
from organizations.addresses import give_addresses
from organizations.locking import locked_pair
from organizations.mails import main_users
from organizations.models import Invitation, Membership, Organization, OrganizationChange, User
from organizations.states import can_move, move
from portal.audit import record
from portal.refusals import AlreadyDecided, NotPermitted, Refused

State = Organization.State
NUMBERS = ("business_id", "association_number")


def why_not(gone: Organization, stays: Organization) -> Refused | None:
    """What stands against a merge, or None."""
    if gone.pk == stays.pk or State.MERGED in (gone.state, stays.state):
        return AlreadyDecided()
    if stays.state != State.ACTIVE:
        return Refused(_("The organization that stays has to be approved and visible to readers."))
    if not can_move(gone, "merge"):
        return Refused(_("A suspended organization cannot be joined with another: its listings would come back."))
    if stays.parent_id not in (None, gone.pk) and gone.branches.exclude(pk=stays.pk).exists():
        return Refused(_("The one that goes has branches, and the one that stays is a branch itself."))
    return None


@transaction.atomic
def merge_organizations(gone: Organization, *, into: Organization, by: User) -> tuple[Organization, Organization]:
    """Join one organization with another that stays. Gives both rows, locked: the one that goes and the one that stays.

    `Refused` says what stands against it. The main users of both are told.
    """
    gone, stays = locked_pair(gone, into)
    if not (permissions.can_decide_organization(by, gone) and permissions.can_decide_organization(by, stays)):
        raise NotPermitted
    obstacle = why_not(gone, stays)
    if obstacle is not None:
        raise obstacle
    people = {user.pk: user for one in (gone, stays) for user in main_users(one)}
    moved = {"members": _move_members(gone, stays), "invitations": _move_invitations(gone, stays)}
    _move_branches(gone, stays)
    give_addresses(gone, stays)
    gone.merged.update(merged_into=stays)
    gone.changes.awaiting_decision().update(
        state=OrganizationChange.State.WITHDRAWN, decided_by=by, decided_at=timezone.now()
    )
    gone = move(gone, "merge", merged_into=stays, parent=None, asked_parent=None)
    _take_numbers(gone, stays)
    record("merged", gone, by=by, organization_id=stays.pk, name=str(gone), into=stays.pk, **moved)
    mails.tell_of_merge(gone, stays, list(people.values()))
    return gone, stays


def _move_members(gone: Organization, stays: Organization) -> int:
    """Each person is in the one that stays once, with the stronger role. Whom it has removed stays out."""
    there = {row.user_id: row for row in stays.memberships.select_for_update().order_by("pk")}
    members = list(gone.memberships.select_for_update().order_by("pk"))
    for one in members:
        other = there.get(one.user_id)
        if other is None:
            one.organization = stays
            one.save(update_fields=["organization"])
            continue
        if one.state == Membership.State.ACTIVE and other.state != Membership.State.REMOVED:
            was_editor = other.state != Membership.State.ACTIVE or other.role == Membership.Role.EDITOR
            role = one.role if was_editor else other.role
            set_standing(stays, other.user, state=Membership.State.ACTIVE, role=role)
        one.delete()
    return len(members)


def _move_invitations(gone: Organization, stays: Organization) -> int:
    """Invitations go on; of two that wait for the same person, the one of the organization that stays."""
    waiting = {row.email.casefold() for row in stays.invitations.filter(state=Invitation.State.SENT)}
    invitations = list(gone.invitations.select_for_update().order_by("pk"))
    for one in invitations:
        if one.state == Invitation.State.SENT and one.email.casefold() in waiting:
            close_invitation(one, Invitation.State.WITHDRAWN)
        one.organization = stays
        one.save(update_fields=["organization"])
    return len(invitations)


def _move_branches(gone: Organization, stays: Organization) -> None:
    if stays.parent_id == gone.pk:
        stays.parent = None
    if stays.asked_parent_id == gone.pk:
        stays.asked_parent = None
    stays.save(update_fields=["parent", "asked_parent"])
    gone.branches.update(parent=stays)
    gone.asking_branches.update(asked_parent=stays)


def _take_numbers(gone: Organization, stays: Organization) -> None:
    """Register numbers that only the one that goes has told."""
    missing = [name for name in NUMBERS if getattr(gone, name) and not getattr(stays, name)]
    for name in missing:
        setattr(stays, name, getattr(gone, name))
    if missing:
        stays.save(update_fields=missing)
