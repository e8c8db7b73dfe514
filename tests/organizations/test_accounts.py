"""Signing in: codes by mail, passwords, addresses; nobody learns who has an account, and nobody gets in by the side."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from post_office.models import Email

from organizations.accounts.forms import SignupForm
from organizations.accounts.passwords import CommonPasswordValidator
from organizations.models import User
from tests import factories

pytestmark = pytest.mark.django_db

KNOWN, UNKNOWN = "known@example.org", "nobody@example.org"
# The first two follow the content, the third the clock; the last is new each time.
VARYING = ("Content-Length", "ETag", "Expires", "X-Request-ID")
FORM_KEY = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')


def page(name: str, *args) -> str:
    with override("fi"):
        return reverse(name, args=args)


@pytest.fixture
def known() -> User:
    return factories.UserFactory(email=KNOWN)


def mails_to(address: str) -> list[Email]:
    return [mail for mail in Email.objects.order_by("pk") if address in mail.to]


def code_in(mail: Email) -> str:
    return re.search(r"^\d{4}-\d{4}$", mail.message, re.M).group()


def sign_in(client: Client, user: User, password: str = factories.PASSWORD, **data):
    return client.post(page("account_login"), {"login": user.email, "password": password, **data})


def is_signed_in(client: Client) -> bool:
    return SESSION_KEY in client.session


def walk(name: str, data: dict[str, str], address: str) -> list[tuple]:
    """Every answer on the way, without what differs for everybody: the key of the form and the typed address."""
    client = Client()
    response = client.post(page(name), data)
    seen = []
    while True:
        content = FORM_KEY.sub(b"", response.content).replace(address.encode(), b"ADDRESS")
        kept = {name: value for name, value in response.headers.items() if name not in VARYING}
        seen.append((response.status_code, kept, content, sorted(response.cookies)))
        if response.status_code != 302:
            return seen
        response = client.get(response.headers["Location"])


@pytest.mark.parametrize(
    ("name", "field", "more"),
    [
        ("account_login", "login", {"password": "not this one at all"}),
        ("account_signup", "email", {"name": "Anna", "password1": "kolme vihreää tuolia"}),
        ("account_reset_password", "email", {}),
        ("account_request_login_code", "email", {}),
    ],
)
def test_answer_does_not_tell_whether_there_is_an_account(known, name, field, more):
    known_answers = walk(name, {field: KNOWN, **more}, KNOWN)
    unknown_answers = walk(name, {field: UNKNOWN, **more}, UNKNOWN)
    assert known_answers == unknown_answers
    # Both get one mail or none, at once.
    assert len(mails_to(KNOWN)) == len(mails_to(UNKNOWN)) == (0 if name == "account_login" else 1)


def test_answer_to_a_new_address_does_not_tell_whether_it_has_an_account(known, client):
    pages = []
    for address in (KNOWN, UNKNOWN):
        person = factories.UserFactory(name="Sama", email=f"x{len(pages)}@example.org")
        client = Client()
        sign_in(client, person)
        url = page("account_email")
        again = client.post(url, {"email": address, "action_add": ""})
        client.post(again.headers["Location"], {"password": factories.PASSWORD})
        content = FORM_KEY.sub(b"", client.get(url).content)
        pages.append(content.replace(address.encode(), b"ADDRESS").replace(person.email.encode(), b"OWN"))
    assert b"ADDRESS" in pages[0]
    assert pages[0] == pages[1]
    assert len(mails_to(KNOWN)) == len(mails_to(UNKNOWN)) == 1


def test_code_by_mail_signs_in_once(known, client):
    client.post(page("account_request_login_code"), {"email": KNOWN})
    code = code_in(mails_to(KNOWN)[0])
    assert code not in mails_to(KNOWN)[0].subject
    answer = client.post(page("account_confirm_login_code"), {"code": code.replace("-", " ")})
    assert answer.headers["Location"] == page("desk")
    assert is_signed_in(client)
    other = Client()
    other.post(page("account_confirm_login_code"), {"code": code})
    assert not is_signed_in(other)


def test_wrong_code_is_told_and_three_of_them_end_it(known, client):
    client.post(page("account_request_login_code"), {"email": KNOWN})
    code = code_in(mails_to(KNOWN)[0])
    for _try in range(2):
        assert "id_code" in client.post(page("account_confirm_login_code"), {"code": "0000-0000"}).content.decode()
    assert client.post(page("account_confirm_login_code"), {"code": "0000-0000"}).status_code == 302
    client.post(page("account_confirm_login_code"), {"code": code})
    assert not is_signed_in(client)


@pytest.mark.parametrize("name", ["account_request_login_code", "account_reset_password", "account_signup"])
def test_address_that_waits_to_be_confirmed_opens_no_account(known, client, name):
    """Somebody else wrote it; its owner must neither get into that account nor be kept from making one."""
    EmailAddress.objects.create(user=known, email="owner@example.org")
    data = {"email": "owner@example.org", "name": "Omistaja", "password1": "kolme vihreää tuolia"}
    client.post(page(name), data)
    (mail,) = mails_to("owner@example.org")
    if name == "account_signup":
        assert User.objects.filter(email="owner@example.org").exists()
    else:
        assert page("account_signup") in mail.message
        assert not re.search(r"\d{4}-\d{4}|/reset/key/", mail.message)


def test_new_address_waits_until_it_is_confirmed_and_the_old_one_is_told(known, client):
    sign_in(client, known)
    url = page("account_email")
    again = client.post(url, {"email": "new@example.org", "action_add": ""})
    assert again.headers["Location"].startswith(page("account_reauthenticate"))
    client.post(again.headers["Location"], {"password": factories.PASSWORD})
    known.refresh_from_db()
    assert known.email == KNOWN
    assert "new@example.org" in client.get(url).content.decode()
    key = re.search(r"confirm-email/([^/]+)/", mails_to("new@example.org")[0].message).group(1)
    client.post(page("account_confirm_email", key))
    known.refresh_from_db()
    assert known.email == "new@example.org"
    assert [(one.email, one.verified) for one in EmailAddress.objects.filter(user=known)] == [("new@example.org", True)]
    assert any("new@example.org" in mail.message for mail in mails_to(KNOWN))
    assert not is_signed_in_with(KNOWN)
    assert is_signed_in_with("new@example.org")


def is_signed_in_with(address: str) -> bool:
    client = Client()
    client.post(page("account_login"), {"login": address, "password": factories.PASSWORD})
    return is_signed_in(client)


def test_new_password_ends_the_other_sessions_only_and_is_told_by_mail(known):
    here, there = Client(), Client()
    for client in (here, there):
        sign_in(client, known)
    new = "kolme vihreää tuolia"
    data = {"oldpassword": factories.PASSWORD, "password1": new, "password2": new}
    assert here.post(page("account_change_password"), data).headers["Location"] == page("account_settings")
    assert here.get(page("organization_register")).status_code == 200
    assert there.get(page("organization_register")).status_code == 302
    assert len(mails_to(KNOWN)) == 1


@pytest.mark.parametrize(
    "password",
    ["salasana123", "Salasana2026!", "123salasana", "lösenord12", "Losenord2026", "HELSINKI2026", "password1234"],
)
def test_password_that_many_people_have_is_refused(client, password):
    data = {"email": UNKNOWN, "name": "Anna", "password1": password}
    response = client.post(page("account_signup"), data)
    assert response.status_code == 200
    assert 'href="#id_password1"' in response.content.decode()
    assert not User.objects.filter(email=UNKNOWN).exists()


@pytest.mark.parametrize("password", ["kolme vihreää tuolia", "salasana on kirjahyllyssä", "xk7-salasana-9430173"])
def test_password_that_only_contains_a_common_word_is_taken(password):
    CommonPasswordValidator().validate(password)
    with pytest.raises(ValidationError):
        CommonPasswordValidator().validate("salasana")


LIMITED = {
    "account_signup": ({"email": "x", "password1": "y"}, 30),
    "account_reset_password": ({"email": UNKNOWN}, 5),
    "account_login": ({"login": "x", "password": "y"}, 30),
}


@pytest.fixture
def limits(settings):
    from portal import settings as own

    settings.ACCOUNT_RATE_LIMITS = own.ACCOUNT_RATE_LIMITS
    cache.clear()
    yield
    cache.clear()


@pytest.mark.parametrize("name", list(LIMITED))
def test_too_many_tries_are_told_to_wait(limits, client, name):
    data, most = LIMITED[name]
    answers = [client.post(page(name), data) for _try in range(most + 1)]
    assert 429 not in [answer.status_code for answer in answers[:-1]]
    assert answers[-1].status_code == 429
    assert "<h1>" in answers[-1].content.decode()


def test_guessing_a_password_stops_also_with_the_right_one(limits, known, client):
    for _try in range(5):
        sign_in(client, known, "not this one at all")
    assert sign_in(client, known).status_code == 200
    assert not is_signed_in(client)


def test_asking_for_codes_stops(limits, known, client):
    for _try in range(7):
        Client().post(page("account_request_login_code"), {"email": KNOWN})
    assert len(mails_to(KNOWN)) == 5


def test_session_gets_a_new_key_at_sign_in(known, client):
    client.get(page("account_login"))
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["sessionid"] = planted = session.session_key
    sign_in(client, known)
    assert is_signed_in(client)
    assert client.session.session_key != planted
    thief = Client()
    thief.cookies["sessionid"] = planted
    assert not is_signed_in(thief)


@pytest.mark.parametrize("onwards", ["https://evil.example/", "//evil.example/", "https:evil.example", "javascript:1"])
def test_sign_in_leads_to_no_other_site(known, client, onwards):
    assert sign_in(client, known, next=onwards).headers["Location"] == page("desk")


def test_sign_in_leads_on_to_a_page_of_ours(known, client):
    assert sign_in(client, known, next=page("account_settings")).headers["Location"] == page("account_settings")


ACCOUNT_FORMS = ("account_login", "account_signup", "account_reset_password", "account_request_login_code")


@pytest.mark.parametrize("name", ACCOUNT_FORMS)
def test_form_of_another_site_is_not_taken(name, known):
    client = Client(enforce_csrf_checks=True)
    data = {"login": KNOWN, "password": factories.PASSWORD, "email": UNKNOWN, "name": "A", "password1": "kolme vihreää"}
    assert client.post(page(name), data).status_code == 403
    assert not Email.objects.exists()
    assert not is_signed_in(client)


RAISED = {
    **dict.fromkeys(("is_moderator", "is_staff", "is_superuser", "is_active"), "on"),
    "erased_at": "2026-01-01",
    "email_verified": "1",
    "verified": "on",
    "user": "1",
    "pk": "1",
    "id": "1",
}


def test_sign_up_takes_nothing_but_its_fields(client):
    data = {"email": UNKNOWN, "name": "Anna", "password1": "kolme vihreää tuolia", **RAISED}
    client.post(page("account_signup"), data)
    user = User.objects.get(email=UNKNOWN)
    assert (user.is_moderator, user.is_staff, user.is_superuser, user.erased_at) == (False, False, False, None)
    assert not EmailAddress.objects.get(user=user).verified


def test_own_account_takes_nothing_but_its_fields(known, client):
    client.force_login(known)
    data = {"name": "Uusi", "preferred_language": "sv", "email": "other@example.org", "password": "x", **RAISED}
    client.post(page("account_settings"), data)
    known.refresh_from_db()
    assert (known.name, known.email) == ("Uusi", KNOWN)
    assert (known.is_moderator, known.is_staff, known.is_superuser, known.erased_at) == (False, False, False, None)
    assert known.check_password(factories.PASSWORD)


def test_second_of_two_who_sign_up_with_one_address_at_once_is_answered_like_the_first(client, known, monkeypatch):
    def looks_before_the_other_is_saved(form, value):
        form.account_already_exists = False
        return value

    monkeypatch.setattr(SignupForm, "validate_unique_email", looks_before_the_other_is_saved)
    data = {"name": "Anna", "email": KNOWN, "password1": "kolme vihreää tuolia"}
    answer = client.post(page("account_signup"), data)
    assert (answer.status_code, answer["Location"]) == (302, page("account_email_verification_sent"))
    assert User.objects.get(email=KNOWN).name == known.name
    assert page("account_signup") not in mails_to(KNOWN)[0].message
    assert len(mails_to(KNOWN)) == 1
