"""Who may do what with listings. Used by actions, templates and tests alike."""

from listings.models import Listing, Version
from organizations.models import Organization, User
from organizations.permissions import can_write_listings, has_role

__all__ = ["can_edit_listing", "can_publish", "can_see_listing", "can_submit", "can_write_listings"]


def can_edit_listing(user: User, listing: Listing) -> bool:
    """Members of its organization write its drafts, withdraw, confirm and copy it."""
    # Asked anew: the listing may have gone over to another organization since it was read.
    return can_write_listings(user, Organization.objects.get(listings=listing))


def can_submit(user: User, version: Version) -> bool:
    """As above, once the organization has been approved."""
    organization = version.listing.organization
    return organization.state == Organization.State.ACTIVE and can_edit_listing(user, version.listing)


def can_publish(user: User, version: Version) -> bool:
    """Moderators, but not for an organization to which they themselves belong."""
    if not user.is_moderator:
        return False
    # The system account registers what is imported; nobody can sign in with it.
    return not user.is_active or not has_role(user, version.listing.organization)


def can_see_listing(user: User, listing: Listing) -> bool:
    """Everybody sees what is public; members and moderators see the rest."""
    return listing.is_public or user.is_moderator or has_role(user, listing.organization)
