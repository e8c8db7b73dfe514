"""What people change about their own account."""

from django.db import transaction

from organizations.models import User
from portal.audit import record


@transaction.atomic
def change_account(*, by: User, name: str, preferred_language: str) -> User:
    """One's own name and the language of one's mails."""
    user = User.objects.select_for_update().get(pk=by.pk)
    user.name, user.preferred_language = name, preferred_language
    user.save(update_fields=["name", "preferred_language"])
    record("changed", user, by=user)
    return user
