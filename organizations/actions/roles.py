"""Who has which key: naming main users, handing over, stepping down, removing, leaving."""

from django.db import transaction

from organizations import mails, permissions
from organizations.actions.invitation import withdraw_invitations_of
from organizations.actions.standing import keep_a_main_user, member_now, set_standing
from organizations.locking import locked
from organizations.models import Membership, Organization, User
from portal.audit import record
from portal.refusals import AlreadyDecided, NotPermitted

Role, State = Membership.Role, Membership.State


def _member(membership: Membership, by: User) -> Membership:
    """A member as things stand now, for a main user; the organization is locked from here on."""
    organization, membership = member_now(membership)
    if not permissions.can_manage_people(by, organization):
        raise NotPermitted
    if membership.state != State.ACTIVE:
        raise AlreadyDecided
    return membership


def _own(organization: Organization, by: User) -> Membership:
    """One's own membership as it stands now; the organization is locked from here on."""
    memberships = locked(organization).memberships.select_related("user", "organization").filter(user=by)
    found = memberships.exclude(state=State.REMOVED).first()
    if found is None:
        raise AlreadyDecided
    return found


@transaction.atomic
def make_main_user(membership: Membership, *, by: User) -> Membership:
    """One more main user. They are told."""
    membership = _member(membership, by)
    if membership.role == Role.MAIN_USER:
        raise AlreadyDecided
    membership = set_standing(membership.organization, membership.user, state=State.ACTIVE, role=Role.MAIN_USER)
    record("made_main_user", membership, by=by, organization_id=membership.organization_id)
    mails.tell_role(membership)
    return membership


@transaction.atomic
def make_editor(membership: Membership, *, by: User) -> Membership:
    """A main user goes on as an editor. They are told."""
    membership = _member(membership, by)
    if membership.role == Role.EDITOR:
        raise AlreadyDecided
    keep_a_main_user(membership.organization, without=membership.user)
    membership = set_standing(membership.organization, membership.user, state=State.ACTIVE, role=Role.EDITOR)
    withdraw_invitations_of(membership, by=by)
    record("made_editor", membership, by=by, organization_id=membership.organization_id)
    mails.tell_role(membership)
    return membership


@transaction.atomic
def hand_over(membership: Membership, *, by: User) -> Membership:
    """The other becomes main user and oneself an editor, in one step."""
    membership = _member(membership, by)
    if membership.user == by:
        raise AlreadyDecided
    organization = membership.organization
    membership = set_standing(organization, membership.user, state=State.ACTIVE, role=Role.MAIN_USER)
    set_standing(organization, by, state=State.ACTIVE, role=Role.EDITOR)
    record("handed_over", membership, by=by, organization_id=organization.pk)
    mails.tell_role(membership)
    return membership


@transaction.atomic
def step_down(organization: Organization, *, by: User) -> Membership:
    """Go on as an editor. The last main user hands over instead."""
    membership = _own(organization, by)
    if membership.role != Role.MAIN_USER:
        raise AlreadyDecided
    keep_a_main_user(organization, without=by)
    membership = set_standing(organization, by, state=State.ACTIVE, role=Role.EDITOR)
    record("stepped_down", membership, by=by, organization_id=organization.pk)
    mails.tell_main_users_of_leaving(membership)
    return membership


@transaction.atomic
def remove_member(membership: Membership, *, by: User) -> Membership:
    """The person can no longer act for the organization, from now on. What they wrote stays. They are told."""
    membership = _member(membership, by)
    if membership.role == Role.MAIN_USER:
        keep_a_main_user(membership.organization, without=membership.user)
    membership = set_standing(membership.organization, membership.user, state=State.REMOVED, role=Role.EDITOR)
    withdraw_invitations_of(membership, by=by)
    record("removed", membership, by=by, organization_id=membership.organization_id)
    mails.tell_removed(membership)
    return membership


@transaction.atomic
def leave_organization(organization: Organization, *, by: User) -> Membership:
    """Go, or take a request to join back. What one wrote stays. The last main user hands over first."""
    membership = _own(organization, by)
    was_asked = membership.state == State.ASKED
    if membership.role == Role.MAIN_USER and not was_asked:
        keep_a_main_user(organization, without=by)
    membership = set_standing(organization, by, state=State.REMOVED, role=Role.EDITOR)
    if was_asked:
        record("took_request_back", membership, by=by, organization_id=organization.pk)
        return membership
    record("left", membership, by=by, organization_id=organization.pk)
    mails.tell_main_users_of_leaving(membership)
    return membership
