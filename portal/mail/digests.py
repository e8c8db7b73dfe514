"""The daily mail: what is not necessary waits, and goes out together to those who want one mail a day."""

from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from portal.mail.kinds import DIGEST, KINDS, is_unwanted
from portal.mail.writing import post, write
from portal.models import DigestItem


@transaction.atomic
def send_digest(recipient: int) -> bool:
    """The mail of one person, by the number of their account. Returns whether one was written.

    The items are locked, and marked in the transaction that writes the mail: a second worker waits, and finds none.
    """
    items = list(
        DigestItem.objects.select_for_update().filter(recipient=recipient, sent_at=None).order_by("written_at", "pk")
    )
    if not items:
        return False
    person = get_user_model().objects.get(pk=recipient)
    # What was stopped while it waited is not told any more, nor is what is no kind any more.
    told = [one for one in items if one.kind in KINDS and not is_unwanted(one.kind, person.unwanted_mail)]
    if told and person.is_active:
        post(person.email, write(person, DIGEST, {"items": told}, ("desk",)))
    DigestItem.objects.filter(pk__in=[one.pk for one in items]).update(sent_at=timezone.now())
    return bool(told and person.is_active)


def send_digests() -> int:
    """To everybody for whom something waits. Returns how many were written."""
    recipients = DigestItem.objects.filter(sent_at=None).order_by().values_list("recipient", flat=True).distinct()
    return sum(send_digest(recipient) for recipient in list(recipients))


def forget_sent_before(moment: datetime) -> None:
    """Delete what was sent long ago."""
    DigestItem.objects.filter(sent_at__lt=moment).delete()
