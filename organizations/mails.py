"""The mails of organizations, one function for each."""

from dataclasses import dataclass
from datetime import date

from organizations.models import Invitation, Membership, Organization, User
from portal.mail.writing import send_to


def main_users(organization: Organization) -> list[User]:
    """Who answers for the organization, and can be written to."""
    return list(
        User.objects.filter(
            is_active=True,
            memberships__organization=organization,
            memberships__state=Membership.State.ACTIVE,
            memberships__role=Membership.Role.MAIN_USER,
        )
    )


def tell_organization_approved(organization: Organization, message: str) -> None:
    send_to(
        main_users(organization),
        "organization_approved",
        {"organization": organization, "message": message},
        ("desk",),
    )


def tell_organization_declined(organization: Organization, message: str) -> None:
    send_to(
        main_users(organization),
        "organization_declined",
        {"organization": organization, "message": message},
        ("desk",),
    )


def _send_request(people: list[User], template: str, membership: Membership) -> None:
    context = {"membership": membership, "organization": membership.organization}
    send_to(people, template, context, ("organization_people", membership.organization_id))


def tell_main_users_of_request(membership: Membership) -> None:
    # Where nobody answers for the organization, the moderators do.
    if people := main_users(membership.organization):
        _send_request(people, "request_to_join", membership)
    else:
        tell_moderators_of_request(membership)


def remind_main_users_of_request(membership: Membership) -> None:
    if people := main_users(membership.organization):
        _send_request(people, "request_reminder", membership)
    else:
        tell_moderators_of_request(membership)


def tell_moderators_of_request(membership: Membership) -> None:
    _send_request(list(User.objects.moderators()), "request_passed_on", membership)


def tell_request_accepted(membership: Membership) -> None:
    context = {"membership": membership, "organization": membership.organization}
    send_to([membership.user], "request_accepted", context, ("desk",))


def tell_request_declined(membership: Membership) -> None:
    send_to([membership.user], "request_declined", {"organization": membership.organization}, ("desk",))


@dataclass(frozen=True)
class Invited:
    """Somebody who may have no account: where the mail goes, and in which language."""

    email: str
    mail_language: str


def send_invitation(invitation: Invitation) -> None:
    """The only place where the key stands."""
    send_to(
        [Invited(invitation.email, invitation.language)],
        "invitation",
        {"invitation": invitation, "organization": invitation.organization},
        ("invitation", invitation.key),
    )


def tell_invitation_answered(invitation: Invitation, membership: Membership | None) -> None:
    """Tell whoever invited, while they are a main user; the other main users when they are not."""
    answering = main_users(invitation.organization)
    people = [user for user in answering if user.pk == invitation.invited_by_id] or answering
    if membership is not None:
        people = [user for user in people if user.pk != membership.user_id]
    context = {"invitation": invitation, "membership": membership, "organization": invitation.organization}
    send_to(people, "invitation_answered", context, ("organization_people", invitation.organization_id))


def tell_role(membership: Membership) -> None:
    context = {"membership": membership, "organization": membership.organization}
    send_to([membership.user], "role_changed", context, ("organization_people", membership.organization_id))


def tell_removed(membership: Membership) -> None:
    send_to([membership.user], "member_removed", {"organization": membership.organization}, ("desk",))


def tell_main_users_of_leaving(membership: Membership) -> None:
    """Tell the others who answer for the organization that somebody has gone, or is no longer one of them."""
    people = [user for user in main_users(membership.organization) if user.pk != membership.user_id]
    context = {"membership": membership, "organization": membership.organization}
    send_to(people, "member_left", context, ("organization_people", membership.organization_id))


def tell_of_claim(membership: Membership) -> None:
    """The moderators decide; main users who have been silent need only sign in, and nothing is taken from them."""
    context = {"membership": membership, "organization": membership.organization}
    send_to(User.objects.moderators(), "claim_made", context, ("claim_decide", membership.pk))
    url = ("organization_people", membership.organization_id)
    send_to(main_users(membership.organization), "claim_heard", context, url)


def tell_claim_accepted(membership: Membership, message: str) -> None:
    context = {"membership": membership, "organization": membership.organization, "message": message}
    url = ("organization_people", membership.organization_id)
    send_to(main_users(membership.organization), "claim_accepted", context, url)


def tell_claim_declined(membership: Membership, message: str) -> None:
    context = {"organization": membership.organization, "message": message}
    send_to([membership.user], "claim_declined", context, ("organization_people", membership.organization_id))


def tell_account_erased(person: User) -> None:
    """The last mail, to the address that the account had."""
    send_to([person], "account_erased", {}, ("page", "privacy"))


def warn_of_silence(person: User, *, erased_on: date) -> None:
    send_to([person], "account_silent", {"erased_on": erased_on}, ("account_login",))


def tell_second_factor_taken_away(person: User) -> None:
    send_to([person], "second_factor_taken_away", {}, ("mfa_index",))
