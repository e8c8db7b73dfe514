"""Feedback on accessibility: without an account, hard to misuse, answered once, and within two weeks."""

from datetime import timedelta
from time import time

import pytest
from django.conf import settings as portal_settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from post_office.models import Email

from organizations.privacy.my_data import data_of
from portal import tasks
from portal.feedback import (
    ToldAlready,
    TooMany,
    answer_feedback,
    forget_old_feedback,
    give_feedback,
    remind_of_feedback,
)
from portal.models import AuditEvent, Feedback, SentOnce
from portal.open_forms import form_token
from portal.refusals import AlreadyDecided, NotPermitted
from tests import factories
from tests.guards.world import address, client_of
from tests.listings.test_concurrency import at_once, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator():
    return factories.UserFactory(operator=True)


def post(network: str = "192.0.2.1", **changes):
    data = {"words": "I cannot find the search.", "token": form_token(time() - 60), **changes}
    return client_of(None).post(address("feedback", (), "so"), data, REMOTE_ADDR=network)


def told(words: str = "Too pale.", email: str = "", network: str = "192.0.2.1", days_ago: int = 0) -> Feedback:
    row = give_feedback(words=words, email=email, language="so", network_address=network)
    if days_ago:
        row.made_at = timezone.now() - timedelta(days=days_ago)
        row.save()
    return row


def mails_to(person: str) -> list[Email]:
    return list(Email.objects.filter(to=person).order_by("pk"))


def test_anybody_gives_feedback_without_an_account_or_a_cookie():
    page = client_of(None).get(address("feedback", (), "so"))
    assert not page.cookies
    assert "no-store" in page.headers["Cache-Control"]
    response = post(email="reader@example.org")
    assert (response.status_code, response.headers["Location"]) == (302, address("feedback_thanks", (), "so"))
    kept = Feedback.objects.get()
    assert (kept.words, kept.email, kept.language) == ("I cannot find the search.", "reader@example.org", "so")
    assert "192.0.2.1" not in f"{kept.sender_today} {AuditEvent.objects.values_list('details')}"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"words": " "}, "words"),
        ({"words": "x" * 4001}, "words"),
        ({"email": "nobody"}, "email"),
        ({"token": ""}, "__all__"),
    ],
)
def test_mistake_is_told_at_its_field_and_nothing_typed_is_lost(changes, field):
    response = post(**{"words": "The map is too small.", **changes})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert "words" in changes or "The map is too small." in response.content.decode()
    assert not Feedback.objects.exists()


def test_program_that_fills_in_everything_is_thanked_and_not_heard():
    assert post(extra="https://spam.example.org").status_code == 302
    assert not Feedback.objects.exists()


def test_one_network_writes_so_many_messages_a_day(settings):
    settings.REPORTS_A_DAY = 2
    assert post().status_code == 302
    assert post().status_code == 422  # the same words: a second click
    assert post(words="The other page.").status_code == 302
    with pytest.raises(TooMany):
        told("And a third.")
    assert "And a third." in post(words="And a third.").content.decode()
    assert post(network="192.0.2.2", words="And a third.").status_code == 302


def test_answer_reaches_the_sender_in_their_language_once_and_the_address_goes(operator):
    row = told("Ma arko.", "reader@example.org")
    client = client_of(operator)
    assert "Ma arko." in client.get(address("operator_feedback")).content.decode()
    url = address("operator_feedback_answer", (row.pk,))
    assert client.post(url, {"answer": "Waan hagaajinnay."}).status_code == 302
    (mail,) = mails_to("reader@example.org")
    assert "Waan hagaajinnay." in mail.message
    assert address("page", ("accessibility",), "so") in mail.message
    row.refresh_from_db()
    assert (row.email, row.answer, row.answered_by) == ("", "Waan hagaajinnay.", operator)
    assert client.post(url, {"answer": "Mar kale."}).status_code == 302
    assert len(mails_to("reader@example.org")) == 1
    with pytest.raises(AlreadyDecided):
        answer_feedback(row, by=operator, answer="Mar kale.")


def test_only_an_operator_answers():
    row = told()
    with pytest.raises(NotPermitted):
        answer_feedback(row, by=factories.UserFactory(moderator=True), answer="No.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Feedback.objects.update(answered_at=timezone.now())


def test_clock_counts_the_days_of_the_law(operator):
    row = told(days_ago=13)
    assert (row.days_left, row.last_day) == (1, timezone.localdate() + timedelta(days=1))
    assert told("New.").days_left == 14
    late = told("Old.", days_ago=15)
    assert late.days_left == -1
    assert list(Feedback.objects.waiting()[:2]) == [late, row]


def test_operators_are_reminded_once_a_day_from_three_days_before(operator):
    row = told(days_ago=10)
    tasks.remind_of_feedback()
    assert not SentOnce.objects.exists()
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert [remind_of_feedback(tomorrow) for _time in range(2)] == [1, 0]
    assert remind_of_feedback(tomorrow + timedelta(days=1)) == 1
    assert len(mails_to(operator.email)) == 2
    answer_feedback(row, by=operator, answer="Done.")
    assert remind_of_feedback(tomorrow + timedelta(days=2)) == 0


def test_old_feedback_is_forgotten():
    young, old = told("Young."), told("Old.", days_ago=portal_settings.KEPT_DAYS["report"] + 1)
    forget_old_feedback()
    assert list(Feedback.objects.all()) == [young]
    assert young.sender_today
    forget_old_feedback(timezone.now() + timedelta(days=3))
    young.refresh_from_db()
    assert (young.sender_today, old.words) == ("", "Old.")


def test_own_data_has_what_somebody_wrote_with_their_address():
    user = factories.UserFactory()
    told("It was me.", user.email)
    assert "It was me." in str(data_of(user))


@pytest.mark.concurrency
@pytest.mark.usefixtures("need_postgresql", "committed_db")
def test_second_click_at_the_same_moment_is_not_kept_twice():
    def give() -> None:
        give_feedback(words="Ei toimi.", email="", language="fi", network_address="192.0.2.1")

    results = at_once(*[give] * 5)
    assert [type(one) for one in refused(results)] == [ToldAlready] * 4
    assert Feedback.objects.count() == 1


@pytest.mark.concurrency
@pytest.mark.usefixtures("need_postgresql", "committed_db")
def test_limit_of_a_day_is_not_passed_by_many_at_once():
    def give(number: int) -> None:
        give_feedback(words=f"Vika {number}.", email="", language="fi", network_address="192.0.2.1")

    most = portal_settings.REPORTS_A_DAY
    results = at_once(*[lambda number=number: give(number) for number in range(most + 3)])
    assert [type(one) for one in refused(results)] == [TooMany] * 3
    assert Feedback.objects.count() == most
