"""Where somebody is signed in, and how that ends."""

from allauth.usersessions.models import UserSession
from django.db import transaction

from organizations.models import User
from portal.audit import record
from portal.refusals import AlreadyDecided


@transaction.atomic
def end_session(session: UserSession, *, by: User) -> None:
    """Sign out one browser of one's own."""
    locked = UserSession.objects.select_for_update().filter(pk=session.pk, user=by).first()
    if locked is None:
        raise AlreadyDecided
    locked.end()
    record("ended_session", by, by=by)


@transaction.atomic
def end_other_sessions(*, by: User, keep: str) -> None:
    """Sign out everywhere but in the browser whose session has the key `keep`."""
    others = list(UserSession.objects.select_for_update().filter(user=by).exclude(session_key=keep))
    if not others:
        raise AlreadyDecided
    for session in others:
        session.end()
    record("ended_other_sessions", by, by=by)
