"""The outbox: what it keeps, who may take a row, and what an answer of a server means for it."""

from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone
from post_office.models import STATUS, Email, RecipientDeliveryStatus

from organizations.models import User
from portal.mail import delivery
from portal.mail.failures import INTERRUPTED
from portal.mail.outbox import send_again
from portal.refusals import AlreadyDecided, NotPermitted
from tests import factories

pytestmark = pytest.mark.django_db


class Server:
    """Stands in for the connection to a mail server: takes what it gets, or raises."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error, self.taken = error, []

    def send_messages(self, messages: list[EmailMessage]) -> int:
        if self.error:
            raise self.error
        self.taken += messages
        return len(messages)

    def close(self) -> None:
        """There is nothing to close."""


@pytest.fixture
def server(monkeypatch):
    found = Server()
    monkeypatch.setattr(delivery, "get_connection", lambda backend: found)
    return found


def post(text: str = "Hei", to: str = "esa@example.org") -> Email:
    EmailMessage("Aihe", text, to=[to]).send()
    return Email.objects.latest("pk")


def test_text_that_looks_like_a_template_is_kept_as_it_is():
    assert post("{% load x %} {{ settings.SECRET_KEY }}").message == "{% load x %} {{ settings.SECRET_KEY }}"


def test_mail_has_the_same_message_id_at_every_try(server):
    mail = post()
    assert mail.message_id
    server.error = SMTPServerDisconnected("gone")
    delivery.deliver()
    Email.objects.update(scheduled_time=None)
    server.error = None
    delivery.deliver()
    (message,) = server.taken
    assert message.message()["Message-ID"] == mail.message_id


def test_row_that_a_worker_has_taken_is_not_taken_by_another(server):
    mail = post()
    assert delivery._take(mail, timezone.now())
    assert not delivery._take(mail, timezone.now())
    assert delivery.deliver() == 0


def test_mail_of_a_worker_that_died_goes_when_its_next_try_is_due(server):
    mail = post()
    delivery._take(mail, timezone.now() - timedelta(hours=1))
    assert delivery.deliver() == 1
    assert Email.objects.get().status == STATUS.sent
    assert len(server.taken) == 1


def test_mail_that_kills_every_worker_is_given_up_visibly(server):
    post()
    Email.objects.update(number_of_retries=delivery.settings.POST_OFFICE["MAX_RETRIES"] + 1)
    assert delivery.deliver() == 0
    assert Email.objects.get().status == STATUS.failed
    assert Email.objects.get().logs.get().exception_type == INTERRUPTED


@pytest.mark.parametrize(
    ("error", "status", "marked"),
    [
        (SMTPRecipientsRefused({"a@example.org": (550, b"no such user")}), STATUS.failed, True),
        (SMTPRecipientsRefused({"a@example.org": (450, b"later")}), STATUS.requeued, False),
        (SMTPDataError(554, b"looks like spam"), STATUS.failed, False),
        (SMTPDataError(451, b"later"), STATUS.requeued, False),
    ],
)
def test_answer_of_the_server_decides_whether_it_is_tried_again(server, error, status, marked):
    post()
    server.error = error
    delivery.deliver()
    mail = Email.objects.get()
    assert mail.status == status
    assert (mail.recipient_delivery_status == RecipientDeliveryStatus.HARD_BOUNCED) == marked
    assert mail.logs.count() == 1


def test_server_that_is_away_is_asked_once_and_the_others_keep_their_tries(server):
    first, second = post(), post()
    server.error = ConnectionRefusedError("refused")
    assert delivery.deliver() == 1
    tries = dict(Email.objects.values_list("pk", "number_of_retries"))
    assert (tries[first.pk], tries[second.pk]) == (1, None)


def test_pause_doubles_and_the_last_try_is_marked_as_failed(server):
    post()
    server.error = SMTPDataError(451, b"later")
    pauses = []
    for _try in range(delivery.settings.POST_OFFICE["MAX_RETRIES"] + 1):
        delivery.deliver()
        mail = Email.objects.get()
        pauses.append(mail.scheduled_time - mail.last_updated)
        Email.objects.update(scheduled_time=None)
    assert pauses[3] > 3 * pauses[1]
    assert Email.objects.get().status == STATUS.failed


def test_failed_mail_is_sent_again_once_and_only_by_operators(server):
    mail = post()
    Email.objects.update(status=STATUS.failed, scheduled_time=timezone.now() + timedelta(days=1), number_of_retries=9)
    operator: User = factories.UserFactory(operator=True)
    with pytest.raises(NotPermitted):
        send_again([mail.pk], by=factories.UserFactory(moderator=True))
    assert send_again([mail.pk], by=operator) == 1
    with pytest.raises(AlreadyDecided):
        send_again([mail.pk], by=operator)
    assert delivery.deliver() == 1
    assert len(server.taken) == 1
