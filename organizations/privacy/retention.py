"""What goes by itself when its time is over. `settings.KEPT_DAYS` has the periods; beat runs all of it every day."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from organizations import mails
from organizations.actions.erasing import LastOperator, erase_account
from organizations.models import Invitation, Membership, User
from portal.audit import record

# So many days before a silent account is erased, its person is warned.
WARNINGS = (60, 30)


def _days_ago(kept: str, now: datetime) -> datetime:
    return now - timedelta(days=settings.KEPT_DAYS[kept])


def forget_unverified_accounts(now: datetime) -> int:
    """Delete the accounts whose address nobody has verified. Nobody could sign in, so nothing hangs on them."""
    addresses = EmailAddress.objects.filter(user=OuterRef("pk"))
    rows = User.objects.filter(
        Exists(addresses),
        ~Exists(addresses.filter(verified=True)),
        last_login__isnull=True,
        date_joined__lt=_days_ago("unverified_account", now),
        is_staff=False,
        is_moderator=False,
        memberships__isnull=True,
    )
    count = 0
    for pk in list(rows.values_list("pk", flat=True)):
        with transaction.atomic():
            # The lock and the question again: the address may have been verified a moment ago.
            list(User.objects.select_for_update().filter(pk=pk))
            user = rows.filter(pk=pk).first()
            if user is None:
                continue
            record("forgot_unverified", user, by=User.objects.system())
            user.delete()
            count += 1
    return count


def silent_accounts(since: datetime) -> QuerySet[User]:
    """Those in which nobody has signed in since that moment."""
    return (
        User.objects.filter(erased_at__isnull=True)
        .exclude(email=User.objects.SYSTEM_EMAIL)
        .annotate(last_seen=Coalesce("last_login", "date_joined"))
        .filter(last_seen__lt=since)
    )


def warn_silent_accounts(now: datetime) -> int:
    """Write to people who have long not signed in, twice; whoever came back starts anew."""
    User.objects.filter(silence_warnings__gt=0, last_login__gt=F("warned_at")).update(
        silence_warnings=0, warned_at=None
    )
    count = 0
    for already, days_before in enumerate(WARNINGS):
        due = silent_accounts(_days_ago("silent_account", now) + timedelta(days=days_before)).filter(
            is_active=True, silence_warnings=already
        )
        if already:
            due = due.filter(warned_at__lte=now - _between_warnings())
        for pk in list(due.values_list("pk", flat=True)):
            with transaction.atomic():
                user = due.select_for_update().filter(pk=pk).first()
                if user is None:
                    continue
                user.silence_warnings, user.warned_at = already + 1, now
                user.save(update_fields=["silence_warnings", "warned_at"])
                last_seen = user.last_login or user.date_joined
                erased_on = max(
                    last_seen + timedelta(days=settings.KEPT_DAYS["silent_account"]), _soonest(already, now)
                )
                mails.warn_of_silence(user, erased_on=timezone.localdate(erased_on))
                count += 1
    return count


def _between_warnings() -> timedelta:
    return timedelta(days=WARNINGS[0] - WARNINGS[1])


def _soonest(warning: int, now: datetime) -> datetime:
    """No account goes sooner after a warning that is sent now, however long the schedule had stood still."""
    return now + timedelta(days=WARNINGS[warning])


def erase_silent_accounts(now: datetime) -> int:
    """Erase the accounts whose people did not come back after two warnings, and closed ones, to which nobody writes."""
    warned = Q(silence_warnings=len(WARNINGS), warned_at__lte=now - timedelta(days=WARNINGS[-1]))
    warned &= ~Q(last_login__gt=F("warned_at"))
    due = silent_accounts(_days_ago("silent_account", now)).filter(warned | Q(is_active=False))
    count = 0
    for pk in list(due.values_list("pk", flat=True)):
        with transaction.atomic():
            user = due.select_for_update().filter(pk=pk).first()
            if user is None:
                continue
            try:
                erase_account(user, by=User.objects.system())
            except LastOperator:
                continue
            count += 1
    return count


def forget_ip_addresses(now: datetime) -> int:
    """Delete where people were signed in, once it is long ago."""
    return UserSession.objects.filter(last_seen_at__lt=_days_ago("ip_address", now)).delete()[0]


def forget_answered_requests(now: datetime) -> int:
    """Delete old invitations, and what people who are no longer members wrote when they asked to join."""
    before = _days_ago("answered_request", now)
    invitations = Invitation.objects.filter(made_at__lt=before).exclude(state=Invitation.State.SENT, expires_at__gt=now)
    requests = Membership.objects.filter(state=Membership.State.REMOVED, changed_at__lt=before).exclude(
        message="", claim=""
    )
    return invitations.delete()[0] + requests.update(message="", claim="")


# In this order: who is warned today is not erased today.
DUTIES = (
    forget_unverified_accounts,
    erase_silent_accounts,
    warn_silent_accounts,
    forget_ip_addresses,
    forget_answered_requests,
)


def forget_old_data(now: datetime | None = None) -> dict[str, int]:
    """Do all of it; how many rows of each kind it touched."""
    now = now or timezone.now()
    return {duty.__name__: duty(now) for duty in DUTIES}
