"""The daily mail: what may wait goes together, once, to those who want one mail a day."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone
from post_office.models import Email

from portal.mail import digests
from portal.mail.writing import send_to
from portal.models import DigestItem
from tests import factories


def a_reader(**traits):
    return factories.UserFactory(mail_rhythm="daily", preferred_language="fi", **traits)


def tell(person, name="listing_kept", title="Kielikahvila"):
    decision = {"message": "Kiitos."}
    organization = factories.OrganizationFactory(active=True)
    send_to([person], name, {"title": title, "decision": decision, "organization": organization}, ("desk",))


@pytest.mark.django_db
def test_what_may_wait_goes_together_and_what_is_necessary_at_once():
    person = a_reader()
    tell(person, title="Kielikahvila")
    tell(person, title="Läksykerho")
    assert not Email.objects.exists()
    tell(person, "version_rejected")
    assert Email.objects.count() == 1
    assert digests.send_digests() == 1
    mail = Email.objects.latest("pk")
    assert "Kielikahvila" in mail.message
    assert "Läksykerho" in mail.message
    assert "/fi/desk/" in mail.message
    assert 'lang="fi"' in mail.html_message
    assert digests.send_digests() == 0
    assert Email.objects.count() == 2


@pytest.mark.django_db
def test_what_was_stopped_while_it_waited_is_not_told():
    person = a_reader()
    tell(person)
    person.unwanted_mail = ["listing_kept"]
    person.save()
    assert digests.send_digests() == 0
    assert not Email.objects.exists()
    assert not DigestItem.objects.filter(sent_at=None).exists()


@pytest.mark.django_db
def test_worker_that_dies_in_the_middle_leaves_all_as_it_was(monkeypatch):
    tell(a_reader())

    def die(*args):
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(digests.timezone, "now", die)
        with pytest.raises(RuntimeError):
            digests.send_digests()
    assert not Email.objects.exists()
    assert digests.send_digests() == 1


@pytest.mark.django_db
def test_old_ones_are_forgotten_and_waiting_ones_are_not():
    person = a_reader()
    tell(person)
    digests.send_digests()
    tell(person)
    digests.forget_sent_before(timezone.now())
    assert DigestItem.objects.get().sent_at is None


@pytest.mark.concurrency
@pytest.mark.usefixtures("need_postgresql", "committed_db")
def test_two_workers_at_once_write_each_digest_once():
    people = [a_reader() for _number in range(5)]
    for person in people:
        tell(person)
    barrier = Barrier(2)

    def run() -> int:
        try:
            barrier.wait(timeout=10)
            return digests.send_digests()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        counts = [one.result() for one in [threads.submit(run), threads.submit(run)]]
    assert sum(counts) == len(people)
    assert sorted(mail.to[0] for mail in Email.objects.all()) == sorted(person.email for person in people)
