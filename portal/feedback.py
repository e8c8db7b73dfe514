"""Feedback on accessibility: kept, answered once within two weeks, and forgotten in the end."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.audit import record
from portal.mail.writing import send_to
from portal.models import Feedback, SentOnce
from portal.operators import can_operate
from portal.refusals import AlreadyDecided, NotPermitted, Refused
from portal.senders import take_turns, todays_mark

# So many days before the last one, operators are reminded, and every day from then on.
REMINDED_BEFORE = timedelta(days=3)
# The mark of a day serves only to count what one network sends in that day.
TODAYS_MARK = timedelta(days=2)


class TooMany(Refused):
    """So many messages a day from one network."""

    message = _("Many reports have come from your network today. Try again tomorrow, or write to us.")


class ToldAlready(Refused):
    """The same words twice: a second click."""

    message = _("We have your message already. You need to do nothing.")


@dataclass(frozen=True)
class Sender:
    """Somebody without an account: where the mail goes, and in which language."""

    email: str
    mail_language: str


@transaction.atomic
def give_feedback(*, words: str, email: str, language: str, network_address: str) -> Feedback:
    """Keep what somebody tells. Nobody has signed in: the portal itself acts."""
    now = timezone.now()
    mark = todays_mark(network_address, timezone.localdate(now), salt="portal.feedback")
    take_turns(mark)
    today = Feedback.objects.filter(sender_today=mark)
    if today.filter(words=words).exists():
        raise ToldAlready
    if today.count() >= settings.REPORTS_A_DAY:
        raise TooMany
    feedback = Feedback.objects.create(
        words=words, email=email, language=language, sender_today=mark, made_at=now, wants_answer=bool(email)
    )
    record("told", feedback, by=get_user_model().objects.system())
    return feedback


@transaction.atomic
def answer_feedback(feedback: Feedback, *, by: Any, answer: str) -> Feedback:
    """An operator answers. Who left an address gets the answer by mail, and the address is deleted."""
    if not can_operate(by):
        raise NotPermitted
    feedback = Feedback.objects.select_for_update().get(pk=feedback.pk)
    if not feedback.is_open:
        raise AlreadyDecided
    address, feedback.email = feedback.email, ""
    feedback.answer, feedback.answered_at, feedback.answered_by = answer, timezone.now(), by
    feedback.save(update_fields=["email", "answer", "answered_at", "answered_by"])
    record("answered", feedback, by=by)
    if address:
        send_to(
            [Sender(address, feedback.language)], "feedback_answered", {"feedback": feedback}, ("page", "accessibility")
        )
    return feedback


@transaction.atomic
def _remind(operator: Any, oldest: Feedback, today: date) -> bool:
    """One mail a day. Whoever writes the row first writes the mail: both are there, or neither."""
    _sent, is_first = SentOnce.objects.get_or_create(key=f"feedback {operator.pk} {today:%Y-%m-%d}")
    if is_first:
        send_to([operator], "feedback_due", {"feedback": oldest}, ("operator_feedback",))
    return is_first


def remind_of_feedback(today: date | None = None) -> int:
    """Remind the operators while the answer to the oldest message is due or late; give how many."""
    today = today or timezone.localdate()
    oldest = Feedback.objects.waiting().first()
    if oldest is None or oldest.last_day - REMINDED_BEFORE > today:
        return 0
    return sum(_remind(operator, oldest, today) for operator in get_user_model().objects.operators())


def forget_old_feedback(now: datetime | None = None) -> None:
    """Delete what is old enough, answered or not, and the marks that count a day."""
    now = now or timezone.now()
    Feedback.objects.filter(made_at__lt=now - TODAYS_MARK).exclude(sender_today="").update(sender_today="")
    Feedback.objects.filter(made_at__lt=now - timedelta(days=settings.KEPT_DAYS["report"])).delete()
