"""The outbox: every mail is a row first, written as it is and in the transaction of what it tells about.

The package that keeps the rows would read each text as a template once more, so that a `{%` that somebody typed stopped
the action: the rows are written here.
"""

from collections.abc import Iterable, Sequence
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from post_office.models import PRIORITY, STATUS, Email

from portal.audit import record
from portal.operators import can_operate
from portal.refusals import AlreadyDecided, NotPermitted


def _html_of(message: EmailMessage) -> str:
    alternatives = getattr(message, "alternatives", [])
    return next((str(content) for content, kind in alternatives if kind == "text/html"), "")


def start_sending() -> None:
    """Ask a worker to look into the outbox. Without one the schedule does it within a minute."""
    from portal.tasks import send_waiting_mail

    send_waiting_mail.delay()


class OutboxBackend(BaseEmailBackend):
    """Django's way of sending, for our mails and those of packages. No mail of the portal has attachments."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            Email(
                from_email=message.from_email,
                to=message.to,
                cc=message.cc,
                bcc=message.bcc,
                subject=" ".join(message.subject.split()),
                message=message.body,
                html_message=_html_of(message),
                headers=message.extra_headers or None,
                # Fixed for ever: should a server get the same mail twice, the reader's program can tell.
                message_id=make_msgid(domain=urlsplit(settings.SITE_URL).hostname),
                priority=PRIORITY.medium,
                status=STATUS.queued,
            ).save()
        # A broker that is down must not make an error of what is done and committed.
        transaction.on_commit(start_sending, robust=True)
        return len(email_messages)


def failed() -> QuerySet[Email]:
    """What will not go by itself any more, newest first."""
    return Email.objects.filter(status=STATUS.failed).order_by("-last_updated", "-pk")


@transaction.atomic
def send_again(pks: Iterable[int], *, by: AbstractBaseUser) -> int:
    """Put failed mails back among those that wait. Returns how many; it is refused when none has failed."""
    if not can_operate(by):
        raise NotPermitted
    mails = list(failed().filter(pk__in=list(pks)).select_for_update())
    if not mails:
        raise AlreadyDecided(_("This mail has not failed, or somebody sends it again already."))
    for mail in mails:
        record("queued_again", mail, by=by)
    Email.objects.filter(pk__in=[mail.pk for mail in mails]).update(
        status=STATUS.queued, number_of_retries=0, scheduled_time=None, recipient_delivery_status=None
    )
    transaction.on_commit(start_sending, robust=True)
    return len(mails)
