"""The mails of organizations, one function for each."""

from organizations.models import Membership, Organization, User
from portal.mail import send_to


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


def tell_main_users_of_request(membership: Membership) -> None:
    # Where nobody answers for the organization, the moderators do.
    people = main_users(membership.organization) or list(User.objects.moderators())
    send_to(
        people,
        "request_to_join",
        {"membership": membership, "organization": membership.organization},
        ("organization_people", membership.organization_id),
    )


def tell_request_accepted(membership: Membership) -> None:
    send_to([membership.user], "request_accepted", {"organization": membership.organization}, ("desk",))


def tell_request_declined(membership: Membership) -> None:
    send_to([membership.user], "request_declined", {"organization": membership.organization}, ("desk",))
