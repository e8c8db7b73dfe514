from .change import OrganizationChange
from .invitation import Invitation
from .membership import Membership
from .organization import Organization, OrganizationAddress
from .user import User

__all__ = ["Invitation", "Membership", "Organization", "OrganizationAddress", "OrganizationChange", "User"]
