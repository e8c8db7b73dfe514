"""How people come to act for an organization."""

from django.db import transaction

from organizations import mails, permissions
from organizations.models import Membership, Organization, User
from portal.audit import record
from portal.refusals import AlreadyDecided, NotPermitted


@transaction.atomic
def ask_to_join(organization: Organization, *, by: User, message: str = "") -> Membership:
    """Ask the main users to let one in. They are told by mail."""
    Organization.objects.select_for_update().get(pk=organization.pk)
    if not permissions.can_ask_to_join(by, organization):
        raise AlreadyDecided
    membership, _created = Membership.objects.update_or_create(
        organization=organization,
        user=by,
        defaults={"state": Membership.State.ASKED, "role": Membership.Role.EDITOR, "message": message},
    )
    record("asked_to_join", membership, by=by, organization_id=organization.pk)
    mails.tell_main_users_of_request(membership)
    return membership


def _answer(membership: Membership, state: str, by: User) -> Membership:
    """Answer a waiting request, under a row lock."""
    if not permissions.can_manage_people(by, membership.organization):
        raise NotPermitted
    locked = Membership.objects.select_for_update().get(pk=membership.pk)
    if locked.state != Membership.State.ASKED:
        raise AlreadyDecided
    locked.state = state
    locked.save(update_fields=["state"])
    return locked


@transaction.atomic
def accept_request(membership: Membership, *, by: User) -> Membership:
    """Let a person in as an editor; as main user, where the organization has none."""
    is_first = Organization.objects.without_main_user().filter(pk=membership.organization_id).exists()
    membership = _answer(membership, Membership.State.ACTIVE, by)
    if is_first:
        membership.role = Membership.Role.MAIN_USER
        membership.save(update_fields=["role"])
    record("accepted", membership, by=by, organization_id=membership.organization_id)
    mails.tell_request_accepted(membership)
    return membership


@transaction.atomic
def decline_request(membership: Membership, *, by: User) -> Membership:
    """Do not let a person in."""
    membership = _answer(membership, Membership.State.REMOVED, by)
    record("declined", membership, by=by, organization_id=membership.organization_id)
    mails.tell_request_declined(membership)
    return membership
