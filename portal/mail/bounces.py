"""Takes the delivery reports out of a Maildir, and marks what came back for good in the outbox.

A report changes a mail of ours, never an address: it must name a Message-ID that we gave, or, where it names none, a
recipient to whom the portal wrote not long ago. Everything else in it is only shown to operators.
"""

from collections import Counter
from datetime import timedelta
from enum import Enum
from pathlib import Path

from django.db import transaction
from django.db.models import QuerySet, TextField
from django.db.models.functions import Lower
from django.utils import timezone
from post_office.models import STATUS, Email, RecipientDeliveryStatus

from portal.mail.bounce_reports import Answer, Report, read_report
from portal.mail.failures import BOUNCED, is_about_address

# Our mails are small; a report repeats one at most.
MOST_BYTES = 1024 * 1024
# More wait for the next run: somebody who floods the mailbox does not hold a worker for long.
MOST_MAILS = 2000
# Servers give up after five days.
REPORTED_WITHIN = timedelta(days=14)


class NoMaildir(Exception):
    """The folder is not there, or is no Maildir."""


class Outcome(Enum):
    """What one mail of the Maildir was."""

    MARKED = "marked as not delivered"
    TEMPORARY = "not final"
    UNKNOWN = "about no mail that waits for an answer"
    OTHER = "no delivery reports"
    BROKEN = "broken or too large"


def _unread(folder: Path) -> list[Path]:
    """What no run has read, oldest first. A mail program that looks in moves mails to `cur` without reading them."""
    new, current = folder / "new", folder / "cur"
    if not new.is_dir() or not current.is_dir():
        raise NoMaildir(folder)
    files = [*new.iterdir(), *(file for file in current.iterdir() if "S" not in _flags(file))]
    return sorted((file for file in files if not file.name.startswith(".")), key=lambda file: file.name)[:MOST_MAILS]


def _flags(file: Path) -> str:
    return file.name.partition(":2,")[2]


def _put_away(file: Path, folder: Path) -> None:
    """To `cur`, as seen. It is renamed, so that a run that ends in the middle neither loses nor doubles it."""
    flags = "".join(sorted({*_flags(file), "S"}))
    file.rename(folder / "cur" / f"{file.name.partition(':2,')[0]}:2,{flags}")


def _sent() -> QuerySet[Email]:
    """What a server took not long ago, and nobody has given an answer about."""
    since = timezone.now() - REPORTED_WITHIN
    return Email.objects.filter(status=STATUS.sent, last_updated__gte=since)


def _mails_of(report: Report) -> list[tuple[Email, list[Answer]]]:
    """The mails that a report is about, each with what is said of it."""
    if report.message_id:
        mail = _sent().filter(message_id=report.message_id).first()
        if mail is None:
            return []
        ours = {address.lower() for address in mail.to}
        # Where the recipient has their mail passed on, the report names the last address alone.
        return [(mail, [one for one in report.answers if one.addresses & ours] or list(report.answers))]
    found = []
    by_address = _sent().annotate(address=Lower("to", output_field=TextField())).order_by("-last_updated", "-pk")
    for answer in report.answers:
        mail = by_address.filter(address__in=answer.addresses).first()
        if mail is not None:
            found.append((mail, [answer]))
    return found


@transaction.atomic
def _mark(mail: Email, answer: Answer) -> bool:
    """Whether the mail has failed by this report, and not by another one at the same time."""
    status = RecipientDeliveryStatus.HARD_BOUNCED if is_about_address(answer.status) else None
    changed = Email.objects.filter(pk=mail.pk, status=STATUS.sent).update(
        status=STATUS.failed, recipient_delivery_status=status, last_updated=timezone.now()
    )
    if changed:
        mail.logs.create(status=STATUS.failed, exception_type=BOUNCED, message=answer.line)
    return bool(changed)


def _take(report: Report) -> Outcome:
    outcome = Outcome.UNKNOWN
    for mail, answers in _mails_of(report):
        if not all(answer.is_final for answer in answers):
            outcome = Outcome.TEMPORARY if outcome is Outcome.UNKNOWN else outcome
        elif _mark(mail, answers[0]):
            outcome = Outcome.MARKED
    return outcome


def _read(file: Path) -> Report | Outcome:
    if not file.is_file() or file.stat().st_size > MOST_BYTES:
        return Outcome.BROKEN
    content = file.read_bytes()
    try:
        return read_report(content) or Outcome.OTHER
    except Exception:  # strangers write these mails: whatever one of them is made of, the next must be read
        return Outcome.BROKEN


def take_bounces(folder: Path) -> Counter[Outcome]:
    """Read what is new in a Maildir, and put it away. Returns how many there were of each kind. Raises NoMaildir."""
    counts: Counter[Outcome] = Counter()
    for file in _unread(folder):
        try:
            read = _read(file)
            outcome = _take(read) if isinstance(read, Report) else read
            _put_away(file, folder)
        except FileNotFoundError:
            continue  # another run was faster
        counts[outcome] += 1
    return counts
