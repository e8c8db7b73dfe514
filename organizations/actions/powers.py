"""Who moderates, who operates, and who may sign in at all. The administration asks here; nothing else sets it."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from organizations import mails, permissions
from organizations.models import User
from portal.audit import record
from portal.refusals import AlreadyDecided, NotPermitted


@transaction.atomic
def change_powers(user: User, *, by: User, is_moderator: bool, is_operator: bool, is_active: bool) -> User:
    """Give or end powers, close or open the account. Whoever loses a power is signed out everywhere.

    Both rows are locked in one order, so that two operators who end each other's powers leave one.
    """
    rows = {row.pk: row for row in User.objects.select_for_update().filter(pk__in=(user.pk, by.pk)).order_by("pk")}
    locked = rows[user.pk]
    if not permissions.can_change_powers(rows[by.pk], locked):
        raise NotPermitted
    before = {"is_moderator": locked.is_moderator, "is_operator": locked.is_staff, "is_active": locked.is_active}
    after = {"is_moderator": is_moderator, "is_operator": is_operator, "is_active": is_active}
    changed = {name: value for name, value in after.items() if value != before[name]}
    if not changed:
        return locked
    locked.is_moderator, locked.is_active = is_moderator, is_active
    locked.is_staff = locked.is_superuser = is_operator
    locked.save(update_fields=["is_moderator", "is_staff", "is_superuser", "is_active"])
    record("changed_powers", locked, by=by, **changed)
    if not all(changed.values()):
        _sign_out(locked)
    return locked


def _sign_out(user: User) -> None:
    for session in UserSession.objects.filter(user=user):
        session.end()


@transaction.atomic
def take_away_second_factor(user: User, *, by: User) -> None:
    """For somebody who has lost the phone and the recovery codes, and whom the operator knows to be who they say."""
    locked = User.objects.select_for_update().get(pk=user.pk)
    if not permissions.can_change_powers(by, locked):
        raise NotPermitted
    factors = Authenticator.objects.filter(user=locked)
    if not factors.exists():
        raise AlreadyDecided
    factors.delete()
    record("took_away_second_factor", locked, by=by)
    _sign_out(locked)
    mails.tell_second_factor_taken_away(locked)
