"""Where one is signed in: seen, ended one by one or all at once, and nobody else's."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from organizations.accounts.signed_in import device_of
from tests import factories
from tests.organizations.test_accounts import page, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return factories.UserFactory()


def browser(person, agent: str) -> Client:
    client = Client(headers={"user-agent": agent})
    sign_in(client, person)
    return client


def test_browsers_are_listed_and_one_is_ended(person):
    here = browser(person, "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/131.0")
    there = browser(person, "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) AppleWebKit Version/17.0 Mobile Safari/604.1")
    html = here.get(page("account_sessions")).content.decode()
    assert html.index("Firefox, Windows") < html.index("Safari, iPhone")
    other = UserSession.objects.get(session_key=there.session.session_key)
    assert here.post(page("account_session_end", other.pk)).status_code == 302
    assert there.get(page("organization_register")).status_code == 302
    assert here.get(page("organization_register")).status_code == 200
    assert "Safari" not in here.get(page("account_sessions")).content.decode()
    assert here.post(page("account_session_end", other.pk)).status_code == 404


def test_all_others_are_ended_at_once(person):
    here, *others = [browser(person, "x") for _each in range(3)]
    here.post(page("account_sessions_end_others"))
    assert [one.get(page("organization_register")).status_code for one in (here, *others)] == [200, 302, 302]


def test_session_of_somebody_else_is_not_there(person):
    mine, theirs = browser(person, "x"), browser(factories.UserFactory(), "x")
    other = UserSession.objects.get(session_key=theirs.session.session_key)
    assert mine.post(page("account_session_end", other.pk)).status_code == 404
    mine.post(page("account_sessions_end_others"))
    assert theirs.get(page("organization_register")).status_code == 200


def test_session_that_knows_an_old_password_is_not_listed(person):
    old = browser(person, "Firefox/1 Windows")
    person.set_password("kolme vihreää tuolia")
    person.save()
    client = Client(headers={"user-agent": "Firefox/1 Linux"})
    sign_in(client, person, "kolme vihreää tuolia")
    html = client.get(page("account_sessions")).content.decode()
    assert "Linux" in html
    assert "Windows" not in html
    assert old.get(page("organization_register")).status_code == 302


def test_browser_that_does_not_say_what_it_is_has_no_name():
    assert device_of("") == ""
    assert device_of("Mozilla/5.0 (X11; Linux x86_64) Chrome/130.0 Safari/537.36 Edg/130.0") == "Edge, Linux"
