"""Who may do what with organizations. Used by actions, templates and tests alike."""

from organizations.models import Membership, Organization, User


def has_role(user: User, organization: Organization, *roles: str) -> bool:
    """Whether the person is an active member in one of the roles (any role when none is named)."""
    memberships = Membership.objects.active().filter(organization=organization, user=user)
    if roles:
        memberships = memberships.filter(role__in=roles)
    return memberships.exists()


def can_register_organization(user: User) -> bool:
    """Anybody who has signed in; commands register through the system account."""
    return user.is_authenticated


def can_ask_to_join(user: User, organization: Organization) -> bool:
    """Anybody who is not a member yet, where there is somebody or some moderator to answer."""
    if organization.state == Organization.State.DECLINED:
        return False
    return not Membership.objects.filter(organization=organization, user=user).exclude(state="removed").exists()


def can_manage_people(user: User, organization: Organization) -> bool:
    """Main users decide who may act for the organization; moderators, where there is no main user."""
    return Organization.objects.people_managed_by(user).filter(pk=organization.pk).exists()


def can_edit_organization(user: User, organization: Organization) -> bool:
    """Main users keep the organization's details."""
    return has_role(user, organization, Membership.Role.MAIN_USER)


def can_decide_organization(user: User, organization: Organization) -> bool:
    """Moderators approve and decline organizations, but not those to which they themselves belong."""
    # The system account registers what is imported; nobody can sign in with it.
    return user.is_moderator and (not user.is_active or not has_role(user, organization))


def can_write_listings(user: User, organization: Organization) -> bool:
    """Members write for their organization, also while it waits for approval; commands write for any."""
    if organization.state == Organization.State.DECLINED:
        return False
    return has_role(user, organization)
