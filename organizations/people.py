"""Who stands where in one organization, and what somebody may do about it: the contents of its page of people."""

from dataclasses import dataclass

from organizations import permissions
from organizations.models import Invitation, Membership, Organization, User
from portal.reach import not_reached

REMOVED_SHOWN = 20


@dataclass(frozen=True)
class People:
    """`requests` are those that the person who looks may answer; the other lists are empty for whom they are not.

    `not_reached` are addresses of members at which mail does not arrive, for whoever sees the addresses.
    """

    me: Membership | None
    active: list[Membership]
    requests: list[Membership]
    invitations: list[Invitation]
    removed: list[Membership]
    not_reached: set[str]
    may_manage: bool
    may_invite: bool
    may_claim: bool
    sees_addresses: bool
    is_orphan: bool

    @property
    def main_users(self) -> list[Membership]:
        return [one for one in self.active if one.role == Membership.Role.MAIN_USER]

    @property
    def needs_second_main_user(self) -> bool:
        """Whether one person alone has the key: when they are away, nobody has it."""
        return len(self.main_users) == 1

    @property
    def am_last_main_user(self) -> bool:
        return self.me is not None and self.main_users == [self.me]


def people_of(organization: Organization, user: User) -> People:
    """The people of an organization as a member or moderator sees them. Accounts that are closed are not people."""
    rows = organization.memberships.select_related("user", "organization").filter(user__is_active=True)
    active = [one for one in rows if one.state == Membership.State.ACTIVE]
    # Main users first: `main_user` comes after `editor` in the alphabet.
    active.sort(key=lambda one: (one.role != Membership.Role.MAIN_USER, str(one.user).casefold()))
    me = next((one for one in active if one.user_id == user.pk), None)
    may_manage = me is not None and me.role == Membership.Role.MAIN_USER
    is_orphan = Organization.objects.orphaned().filter(pk=organization.pk).exists()
    decides = may_manage or user.is_moderator
    requests = Membership.objects.answerable_by(user).awaiting_answer() if decides else Membership.objects.none()
    sent = organization.invitations.filter(state=Invitation.State.SENT) if decides else Invitation.objects.none()
    gone = [one for one in rows if one.state == Membership.State.REMOVED] if decides else []
    gone.sort(key=lambda one: one.changed_at, reverse=True)
    return People(
        me=me,
        active=active,
        requests=list(
            requests.filter(organization=organization, user__is_active=True).select_related("user", "organization")
        ),
        invitations=list(sent.select_related("invited_by")),
        removed=gone[:REMOVED_SHOWN],
        not_reached=not_reached(one.user.email for one in active) if decides else set(),
        may_manage=may_manage,
        may_invite=may_manage and permissions.takes_people_in(organization),
        may_claim=is_orphan and me is not None and not may_manage and me.claimed_at is None,
        sees_addresses=decides,
        is_orphan=is_orphan,
    )
