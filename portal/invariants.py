"""What must always be true of the audit and of the outbox. Each function yields what is not, in plain words."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Max, Min
from django.utils import timezone
from post_office.models import Email

from portal.audit.append_only import missing_triggers
from portal.audit.checking import Check
from portal.mail.delivery import waiting

# How much later than its last try is due a mail may still stand in the outbox.
GRACE = timedelta(hours=1)


def audit_chain_is_whole() -> Iterator[str]:
    """Nothing in the audit was changed, deleted or put in past the portal."""
    yield from Check().problems()


def tables_are_append_only() -> Iterator[str]:
    """The database refuses to change events, seals and decisions."""
    for trigger in missing_triggers():
        yield f"The trigger {trigger} is missing. See docs/operating/audit.md."


def mails_have_an_address() -> Iterator[str]:
    """Every mail of the outbox is to somebody."""
    for pk in Email.objects.filter(to="", cc="", bcc="").values_list("pk", flat=True).iterator():
        yield f"Mail {pk} has no address."


def mails_go_once() -> Iterator[str]:
    """No two mails have one Message-ID."""
    mails = Email.objects.filter(message_id__gt="").order_by().values("message_id")
    twice = mails.annotate(first=Min("pk"), last=Max("pk"), count=Count("pk")).filter(count__gt=1)
    for row in twice.values_list("message_id", "first", "last").iterator():
        yield f"Mails {row[1]} and {row[2]} have the same Message-ID {row[0]}: one is a copy of the other."


def mails_do_not_stay() -> Iterator[str]:
    """No mail waits for longer than all its tries take."""
    tries = settings.POST_OFFICE["MAX_RETRIES"] + 1
    # Each pause is twice as long as the one before: together one short pause less than the next would be.
    longest = settings.POST_OFFICE["RETRY_INTERVAL"] * (2**tries - 1) + GRACE
    now = timezone.now()
    stuck = waiting().filter(created__lt=now - longest, last_updated__lt=now - GRACE)
    for pk, created in stuck.values_list("pk", "created").iterator():
        yield f"Mail {pk} of {created:%Y-%m-%d %H:%M} still waits. It should have gone or failed by now."
