"""The mails about an organization as a whole: its name and kind, its suspension, its branches, a merge."""

from collections.abc import Iterable
from typing import Any

from organizations.mails import main_users
from organizations.models import Membership, Organization, OrganizationChange, User
from portal.mail.writing import send_to


def _members(organization: Organization) -> list[User]:
    """Everybody who may act for the organization, and can be written to."""
    active = Membership.objects.active().filter(organization=organization)
    return list(User.objects.filter(is_active=True, pk__in=active.values("user")))


def _send(people: Iterable[User], name: str, organization: Organization, page: str = "desk", **context: Any) -> None:
    url = (page,) if page == "desk" else (page, organization.pk)
    send_to(people, name, {"organization": organization, **context}, url)


def tell_change_accepted(organization: Organization, change: OrganizationChange) -> None:
    _send(main_users(organization), "change_accepted", organization, "organization_edit", message=change.message)


def tell_change_declined(organization: Organization, change: OrganizationChange) -> None:
    _send(main_users(organization), "change_declined", organization, "organization_edit", message=change.message)


def tell_members_of_suspension(organization: Organization, message: str) -> None:
    _send(_members(organization), "organization_suspended", organization, message=message)


def tell_members_of_reinstatement(organization: Organization, message: str) -> None:
    _send(_members(organization), "organization_reinstated", organization, message=message)


def tell_of_trust(organization: Organization, message: str) -> None:
    _send(main_users(organization), "organization_trusted", organization, "organization_desk", message=message)


def tell_of_distrust(organization: Organization, message: str) -> None:
    _send(main_users(organization), "organization_distrusted", organization, "organization_desk", message=message)


def tell_of_merge(gone: Organization, stays: Organization, people: Iterable[User]) -> None:
    _send(people, "organization_merged", stays, gone=gone)


def tell_of_asking_branch(branch: Organization, parent: Organization) -> None:
    _send(main_users(parent), "branch_asked", parent, "organization_branches", branch=branch)


def tell_branch_accepted(branch: Organization, parent: Organization) -> None:
    _send(main_users(branch), "branch_accepted", branch, "organization_branches", parent=parent)


def tell_branch_released(branch: Organization, parent: Organization) -> None:
    _send(main_users(branch), "branch_released", branch, "organization_branches", parent=parent)
