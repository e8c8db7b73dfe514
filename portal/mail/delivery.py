"""Hands the outbox over to the mail server, one row at a time.

Whoever takes a row first writes when it may be tried again, in one statement, so that no two workers hold the same one.
Then the server gets it, then the row is marked as sent. A worker that dies in between leaves a row that is due again by
itself. Only one mail can then go twice: the one that the server had taken and the row did not know of yet. Its
Message-ID is the same both times. The other order would lose it instead.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Q, QuerySet
from django.utils import timezone
from post_office.models import STATUS, Email, RecipientDeliveryStatus

from portal.mail.failures import INTERRUPTED, is_final, refuses_address, server_is_away

WAITING = (STATUS.queued, STATUS.requeued)
# Mail goes within a minute; when it waits longer, somebody should look.
LATE_AFTER = timedelta(minutes=15)


def waiting() -> QuerySet[Email]:
    """What has still to go, now or later."""
    return Email.objects.filter(status__in=WAITING)


def _rules() -> dict[str, Any]:
    """How often a mail is tried, after how long again, and by which way it goes."""
    return settings.POST_OFFICE


def _pause(tries: int) -> timedelta:
    """How long until the next try: twice as long each time, so that a server may be down for most of a day."""
    return _rules()["RETRY_INTERVAL"] * 2**tries


def _fail(mail: Email, exception_type: str, message: str, status: int | None = None) -> None:
    Email.objects.filter(pk=mail.pk).update(
        status=STATUS.failed, recipient_delivery_status=status, last_updated=timezone.now()
    )
    mail.logs.create(status=STATUS.failed, exception_type=exception_type, message=message)


def _take(mail: Email, now: datetime) -> bool:
    """Whether this worker has the row now. Nobody else takes it before its next try is due."""
    tries = mail.number_of_retries or 0
    unchanged = Email.objects.filter(
        pk=mail.pk, status=mail.status, scheduled_time=mail.scheduled_time, number_of_retries=mail.number_of_retries
    )
    return bool(
        unchanged.update(
            status=STATUS.requeued,
            scheduled_time=now + _pause(tries),
            number_of_retries=tries + 1,
            last_updated=now,
        )
    )


def _take_next() -> Email | None:
    while True:
        now = timezone.now()
        due = waiting().filter(Q(scheduled_time=None) | Q(scheduled_time__lte=now)).order_by("-priority", "pk")
        mail = due.first()
        if mail is None:
            return None
        if not _take(mail, now):
            continue
        if (mail.number_of_retries or 0) <= _rules()["MAX_RETRIES"]:
            return mail
        _fail(mail, INTERRUPTED, "")


def _hand_over(mail: Email, server: BaseEmailBackend) -> bool:
    """Give one mail to the server. Returns whether it makes sense to go on with the next."""
    try:
        server.send_messages([mail.email_message()])
    except Exception as error:  # whatever it is, it must be seen beside the mail, and the next one may be well
        server.close()
        is_last = (mail.number_of_retries or 0) >= _rules()["MAX_RETRIES"]
        told = type(error).__name__, str(error)
        if is_final(error) or is_last:
            _fail(mail, *told, status=RecipientDeliveryStatus.HARD_BOUNCED if refuses_address(error) else None)
        else:
            mail.logs.create(status=STATUS.failed, exception_type=told[0], message=told[1])
        return not server_is_away(error)
    Email.objects.filter(pk=mail.pk).update(status=STATUS.sent, last_updated=timezone.now())
    return True


def deliver() -> int:
    """Send what is due, until nothing is left or the server does not answer. Returns how many were tried."""
    server = get_connection(_rules()["BACKENDS"]["default"])
    count = 0
    try:
        while mail := _take_next():
            count += 1
            if not _hand_over(mail, server):
                break
    finally:
        server.close()
    return count
