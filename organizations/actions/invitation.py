"""How an organization asks people in: a key by mail that lets one person in once."""

from datetime import timedelta
from secrets import token_urlsafe

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organizations import mails, permissions
from organizations.actions.standing import set_standing
from organizations.locking import locked
from organizations.models import Invitation, Membership, Organization, User
from portal.audit import record
from portal.models import AuditEvent
from portal.refusals import AlreadyDecided, NotPermitted, Refused

Role, State = Membership.Role, Invitation.State


class InvitationClosed(Refused):
    """The key no longer opens anything. The page of the invitation tells why."""

    message = _("This invitation cannot be used any more. Ask for a new one.")


def _check_the_rate(organization: Organization, by: User) -> None:
    """`Refused` when the organization, or this person for whichever one, has sent too many mails since yesterday."""
    sent = AuditEvent.objects.filter(
        models.Q(organization_id=organization.pk) | models.Q(actor_id=by.pk),
        noun="invitation",
        verb__in=("invited", "invited_again"),
        at__gt=timezone.now() - timedelta(days=1),
    )
    if sent.count() >= settings.INVITATIONS_A_DAY:
        raise Refused(_("You have sent many invitations today. Send the next ones tomorrow."))


def _send(invitation: Invitation, *, by: User) -> Invitation:
    """Give the invitation a new key and its whole time, and send it. Only the mail has the key."""
    invitation.key = token_urlsafe(32)
    invitation.digest = Invitation.digest_of(invitation.key)
    invitation.made_at = timezone.now()
    invitation.expires_at = invitation.made_at + timedelta(days=settings.INVITATION_DAYS)
    invitation.invited_by = by
    invitation.save()
    mails.send_invitation(invitation)
    return invitation


def close_invitation(invitation: Invitation, state: str, accepted_by: User | None = None) -> Invitation:
    """The key opens nothing from now on. Called under the organization's lock."""
    invitation.state = state
    invitation.accepted_by = accepted_by
    invitation.save(update_fields=["state", "accepted_by"])
    return invitation


@transaction.atomic
def invite(organization: Organization, *, by: User, email: str, role: str) -> Invitation:
    """Ask the person who reads this address to join in this role. Whether it has an account makes no difference."""
    organization = locked(organization)
    if not permissions.can_invite(by, organization):
        raise NotPermitted
    if organization.memberships.active().filter(user__email__iexact=email).exists():
        raise Refused(_("This person is in your organization already."))
    for earlier in organization.invitations.filter(email__iexact=email, state=State.SENT):
        if not earlier.has_run_out:
            raise Refused(_("This person has an invitation already. You can send it again below."))
        close_invitation(earlier, State.WITHDRAWN)
    _check_the_rate(organization, by)
    invitation = _send(Invitation(organization=organization, email=email, role=role, language=by.mail_language), by=by)
    record("invited", invitation, by=by, organization_id=organization.pk, role=role)
    return invitation


def _sent(invitation: Invitation, by: User) -> Invitation:
    """An invitation that has not been answered, for a main user; the organization is locked from here on."""
    organization = locked(invitation.organization)
    if not permissions.can_manage_people(by, organization):
        raise NotPermitted
    found = organization.invitations.select_related("organization").filter(pk=invitation.pk, state=State.SENT).first()
    if found is None:
        raise AlreadyDecided
    return found


@transaction.atomic
def invite_again(invitation: Invitation, *, by: User) -> Invitation:
    """A new key for the same person; the old one opens nothing any more."""
    invitation = _sent(invitation, by)
    if not permissions.can_invite(by, invitation.organization):
        raise NotPermitted
    if timezone.now() - invitation.made_at < timedelta(minutes=1):
        raise Refused(_("The invitation has just been sent. It may take some minutes to arrive."))
    _check_the_rate(invitation.organization, by)
    invitation = _send(invitation, by=by)
    record("invited_again", invitation, by=by, organization_id=invitation.organization_id)
    return invitation


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: User) -> Invitation:
    """The key in the mail opens nothing any more."""
    invitation = close_invitation(_sent(invitation, by), State.WITHDRAWN)
    record("withdrew", invitation, by=by, organization_id=invitation.organization_id)
    return invitation


def withdraw_invitations_of(membership: Membership, *, by: User) -> None:
    """Whoever loses the key leaves none under the mat. Called under the organization's lock."""
    open_ones = Invitation.objects.filter(organization=membership.organization_id, invited_by=membership.user_id)
    for invitation in open_ones.filter(state=State.SENT):
        record(
            "withdrew", close_invitation(invitation, State.WITHDRAWN), by=by, organization_id=membership.organization_id
        )


def _open(invitation: Invitation) -> Invitation:
    """The invitation, if its key still opens; `InvitationClosed` else. The organization is locked from here on."""
    organization = locked(invitation.organization)
    # The digest, too: the invitation may have been sent again with a new key since this one was looked up.
    invitations = organization.invitations.open().select_related("organization")
    found = invitations.filter(pk=invitation.pk, digest=invitation.digest).first()
    if found is None or not permissions.takes_people_in(organization):
        raise InvitationClosed
    return found


@transaction.atomic
def accept_invitation(invitation: Invitation, *, by: User) -> Membership:
    """Use the key: the person who has signed in is in. `invitation` is the one that the key was found to belong to."""
    invitation = _open(invitation)
    organization = invitation.organization
    if permissions.has_role(by, organization, Role.MAIN_USER, invitation.role):
        raise Refused(_("You are in this organization already. The invitation has not been used."))
    membership = set_standing(organization, by, state=Membership.State.ACTIVE, role=invitation.role)
    close_invitation(invitation, State.ACCEPTED, accepted_by=by)
    record("accepted", invitation, by=by, organization_id=organization.pk, role=invitation.role)
    mails.tell_invitation_answered(invitation, membership)
    return membership


@transaction.atomic
def decline_invitation(invitation: Invitation, *, by: User | None) -> Invitation:
    """Say no. Whoever has the key may; without an account the portal itself stands in the trace."""
    invitation = close_invitation(_open(invitation), State.DECLINED)
    record("declined", invitation, by=by or User.objects.system(), organization_id=invitation.organization_id)
    mails.tell_invitation_answered(invitation, None)
    return invitation
