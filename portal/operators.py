"""Pages for those who run the portal. To all others they do not exist."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from portal.staff_pages import for_staff


def can_operate(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether the person runs the portal."""
    return bool(user.is_authenticated and user.is_active and getattr(user, "is_staff", False))


operators_only = for_staff(can_operate)
