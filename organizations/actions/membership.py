"""How people ask to act for an organization, and how they are answered."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organizations import mails, permissions
from organizations.actions.standing import member_now, set_standing
from organizations.locking import locked
from organizations.models import Membership, Organization, User
from portal.audit import record
from portal.refusals import AlreadyDecided, NotPermitted, Refused

# So many requests of one person may wait at a time: nobody belongs to more, and each writes a mail to somebody.
REQUESTS_AT_A_TIME = 10


@transaction.atomic
def ask_to_join(organization: Organization, *, by: User, message: str = "") -> Membership:
    """Ask the main users to let one in. They are told by mail."""
    organization = locked(organization)
    if not permissions.can_ask_to_join(by, organization):
        raise AlreadyDecided
    if Membership.objects.awaiting_answer().filter(user=by).count() >= REQUESTS_AT_A_TIME:
        raise Refused(_("Many of your requests wait for an answer. Ask again when some of them have been answered."))
    membership = set_standing(
        organization,
        by,
        state=Membership.State.ASKED,
        role=Membership.Role.EDITOR,
        message=message,
        asked_at=timezone.now(),
        reminders=0,
    )
    record("asked_to_join", membership, by=by, organization_id=organization.pk)
    mails.tell_main_users_of_request(membership)
    return membership


def _answer(membership: Membership, state: str, by: User) -> Membership:
    """Answer a waiting request, under the organization's lock."""
    organization, membership = member_now(membership)
    if membership.state != Membership.State.ASKED:
        raise AlreadyDecided
    if not permissions.can_answer_request(by, membership):
        raise NotPermitted
    role = Membership.Role.EDITOR
    if state == Membership.State.ACTIVE and Organization.objects.orphaned().filter(pk=organization.pk).exists():
        role = Membership.Role.MAIN_USER
    return set_standing(organization, membership.user, state=state, role=role)


@transaction.atomic
def accept_request(membership: Membership, *, by: User) -> Membership:
    """Let a person in as an editor; as main user, when nobody else answers for the organization."""
    membership = _answer(membership, Membership.State.ACTIVE, by)
    record("accepted", membership, by=by, organization_id=membership.organization_id, role=membership.role)
    mails.tell_request_accepted(membership)
    return membership


@transaction.atomic
def decline_request(membership: Membership, *, by: User) -> Membership:
    """Do not let a person in."""
    membership = _answer(membership, Membership.State.REMOVED, by)
    record("declined", membership, by=by, organization_id=membership.organization_id)
    mails.tell_request_declined(membership)
    return membership
