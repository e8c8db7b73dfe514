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


def takes_people_in(organization: Organization) -> bool:
    """The same rule as `OrganizationQuerySet.taking_people_in`."""
    return organization.state not in Organization.CLOSED_STATES


def can_ask_to_join(user: User, organization: Organization) -> bool:
    """Anybody who is not a member yet, where there is somebody or some moderator to answer."""
    if not takes_people_in(organization):
        return False
    return not Membership.objects.filter(organization=organization, user=user).exclude(state="removed").exists()


def can_manage_people(user: User, organization: Organization) -> bool:
    """Main users decide who may act for the organization."""
    return has_role(user, organization, Membership.Role.MAIN_USER)


def can_invite(user: User, organization: Organization) -> bool:
    """Main users, as long as somebody acts for the organization."""
    return takes_people_in(organization) and can_manage_people(user, organization)


def can_answer_request(user: User, membership: Membership) -> bool:
    """Main users; moderators where nobody answers, but not for an organization to which they themselves belong."""
    return Membership.objects.answerable_by(user).filter(pk=membership.pk).exists()


def can_claim(user: User, organization: Organization) -> bool:
    """An editor offers to be main user where nobody answers for the organization any more."""
    is_orphan = Organization.objects.orphaned().filter(pk=organization.pk).exists()
    editors = Membership.objects.active().filter(organization=organization, user=user, role=Membership.Role.EDITOR)
    return is_orphan and editors.filter(claimed_at=None).exists()


def can_decide_claim(user: User, organization: Organization) -> bool:
    """Moderators, but not for an organization to which they themselves belong."""
    return user.is_moderator and not has_role(user, organization)


def can_edit_organization(user: User, organization: Organization) -> bool:
    """Main users keep the organization's details."""
    return has_role(user, organization, Membership.Role.MAIN_USER)


def can_decide_organization(user: User, organization: Organization) -> bool:
    """Moderators approve and decline organizations, but not those to which they themselves belong."""
    # The system account registers what is imported; nobody can sign in with it.
    return user.is_moderator and (not user.is_active or not has_role(user, organization))


def can_write_listings(user: User, organization: Organization) -> bool:
    """Members write for their organization, also while it waits for approval; commands write for any."""
    if organization.state in Organization.CLOSED_STATES:
        return False
    return has_role(user, organization)


def can_erase_account(user: User, other: User) -> bool:
    """One's own; any, for operators who are asked to and for the schedule, which acts through the system account."""
    if other.email == User.objects.SYSTEM_EMAIL:
        return False
    return user.pk == other.pk or (user.is_active and user.is_staff) or user.email == User.objects.SYSTEM_EMAIL


def can_change_powers(user: User, other: User) -> bool:
    """Operators, but not over themselves: nobody raises or locks out themselves, and one operator always stays."""
    if other.pk == user.pk or other.erased_at is not None or other.email == User.objects.SYSTEM_EMAIL:
        return False
    return user.is_active and user.is_staff
