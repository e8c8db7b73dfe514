"""Which mails people get: the link at the foot of a mail, the button of a mail program, the ticks of an account."""

import pytest
from django.test import Client
from post_office.models import Email

from organizations.models import User
from portal.mail.kinds import KINDS
from portal.mail.unsubscribing import Unsubscription
from portal.mail.writing import send_to
from portal.models import AuditEvent
from tests import factories
from tests.guards.world import address

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return factories.UserFactory(preferred_language="sv")


def tell(person, name="listing_kept") -> int:
    organization = factories.OrganizationFactory(active=True)
    context = {"title": "Kielikahvila", "decision": {"message": "Kiitos."}, "organization": organization}
    return send_to([person], name, context, ("desk",))


def stop_address() -> str:
    """Where the button of a mail program posts, as it stands in the row."""
    headers = Email.objects.get().headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    return headers["List-Unsubscribe"].strip("<>").removeprefix("http://127.0.0.1:8000")


def test_mail_program_stops_a_kind_without_cookie_or_token(person):
    tell(person)
    url = stop_address()
    response = Client(enforce_csrf_checks=True).post(url, {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    assert not response.cookies
    person.refresh_from_db()
    assert person.unwanted_mail == ["listing_kept"]
    assert tell(person) == 0
    assert tell(person, "version_rejected") == 1
    assert AuditEvent.objects.get(verb="stopped_mail").details == {"kind": "listing_kept"}


def test_opening_the_link_stops_nothing_and_the_button_does(person):
    url = address("mail_unsubscribe", (Unsubscription(person.pk, "listing_kept").key,), "sv")
    client = Client(enforce_csrf_checks=True)
    assert b"<form" in client.get(url).content
    assert User.objects.get(pk=person.pk).unwanted_mail == []
    assert client.post(url).headers["Location"] == url
    assert b"<form" not in client.get(url).content.split(b"<main")[1]
    assert User.objects.get(pk=person.pk).unwanted_mail == ["listing_kept"]


def test_link_of_the_daily_mail_stops_all_that_may_be_stopped(person):
    Client().post(address("mail_unsubscribe", (Unsubscription(person.pk, "digest").key,)))
    optional = {name for name, kind in KINDS.items() if not kind.is_necessary} - {"digest"}
    assert set(User.objects.get(pk=person.pk).unwanted_mail) == optional


def test_key_for_what_is_necessary_or_of_an_erased_account_does_nothing(person):
    key = Unsubscription(person.pk, "version_rejected").key
    assert Client().post(address("mail_unsubscribe", (key,))).status_code == 404
    person.is_active = False
    person.save()
    Client().post(address("mail_unsubscribe", (Unsubscription(person.pk, "listing_kept").key,)))
    assert User.objects.get(pk=person.pk).unwanted_mail == []


def test_choices_of_the_account_keep_what_is_not_offered(client, person):
    person.unwanted_mail = ["version_sent_again", "listing_kept"]  # the first was chosen while a moderator
    person.save()
    client.force_login(person)
    url = address("account_mail", language="sv")
    ticked = client.get(url).context["form"]["wanted"].value()
    assert "listings_to_confirm" in ticked
    assert not {"listing_kept", "version_sent_again", "version_rejected"} & set(ticked)
    client.post(url, {"wanted": ["listing_kept"], "mail_rhythm": "daily"})
    person.refresh_from_db()
    assert "listing_kept" not in person.unwanted_mail
    assert {"version_sent_again", "listings_to_confirm"} <= set(person.unwanted_mail)
    assert person.mail_rhythm == "daily"
