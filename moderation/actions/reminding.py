"""Cases that wait: moderators are reminded, and in the end the operators told."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from moderation.clock import mails as clock_mails
from moderation.clock.late import Told, who_is_told
from organizations.models import User
from portal.models import SentOnce
from portal.working_days import is_working_day

# What a person has been told already is told again after so long, as long as it waits.
AGAIN_AFTER = timedelta(days=7)


def _prefix(person: User) -> str:
    return f"waiting-cases {person.pk} "


def _told_on(person: User) -> date | None:
    """The day of the last mail."""
    last = SentOnce.objects.filter(key__startswith=_prefix(person)).order_by("-key").first()
    return date.fromisoformat(last.key.removeprefix(_prefix(person))) if last is not None else None


def _is_news(told: Told, today: date) -> bool:
    last = _told_on(told.person)
    return last is None or told.newest > last or today - last >= AGAIN_AFTER


@transaction.atomic
def remind_of_cases(told: Told, *, today: date) -> bool:
    """Write one mail about all that waits, once a day at most; give whether it was written.

    Whoever writes the row first writes the mail: both are there, or neither.
    """
    if not _is_news(told, today):
        return False
    _sent, is_first = SentOnce.objects.get_or_create(key=f"{_prefix(told.person)}{today:%Y-%m-%d}")
    if is_first:
        clock_mails.remind_of_cases(told, today)
    return is_first


def remind_of_all_cases(today: date | None = None) -> int:
    """Remind everybody whom something new concerns; give how many people. Can run again at any time."""
    today = today or timezone.localdate()
    if not is_working_day(today):
        return 0
    return sum(remind_of_cases(told, today=today) for told in who_is_told(today))
