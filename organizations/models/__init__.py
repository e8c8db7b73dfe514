from .membership import Membership
from .organization import Organization
from .user import User

__all__ = ["Membership", "Organization", "User"]
