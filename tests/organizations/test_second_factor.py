"""Moderators and operators show a second factor before they reach anything of theirs; nothing goes round it."""

import re
import time

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from organizations.accounts.second_factor import LAST_HERE, TO_SET_UP, TO_SHOW
from organizations.models import User
from portal.watching.metrics import SIGN_INS_FAILED
from tests import factories
from tests.guards.access_matrix import ARGUMENTS, MATRIX
from tests.guards.addresses import NAMES
from tests.guards.markup import read
from tests.guards.markup_rules import faults_of
from tests.guards.rows import writes
from tests.guards.test_access import _admin_address
from tests.guards.world import ROLES, World, address
from tests.organizations.test_accounts import code_in, is_signed_in, mails_to, page, sign_in

pytestmark = pytest.mark.django_db

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def _is_required(settings):
    settings.SECOND_FACTOR_REQUIRED = True
    settings.ACCOUNT_RATE_LIMITS = False
    cache.clear()  # a code that was used is remembered there


@pytest.fixture
def guarded() -> User:
    """Has every power, and the app on the phone."""
    user = factories.UserFactory(moderator=True, operator=True)
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    return user


def code_now(steps: int = 0) -> str:
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30 + steps))


def show(client: Client, user: User):
    sign_in(client, user)
    return client.post(page("mfa_authenticate"), {"code": code_now()})


def test_every_page_of_theirs_leads_to_the_second_factor():
    """None is found by its name alone: whatever asks for signing in is closed."""
    world = World()
    user = factories.UserFactory(moderator=True, operator=True)
    client = Client()
    client.force_login(user)
    asked = set()
    for name, pattern in NAMES:
        if name in TO_SET_UP or name == "admin:" or not getattr(pattern.callback, "login_required", True):
            continue  # open to strangers, too; that none of these is a moderator's stands below
        if name.startswith("admin:"):
            url = _admin_address(name, pattern)
        elif name in MATRIX:
            url = address(name, ARGUMENTS[MATRIX[name].what](world, ROLES["moderator"](world)[1]))
        else:
            continue
        for method in ("get", "post"):
            response = getattr(client, method)(url)
            assert response.status_code == 302, (name, method)
            assert response.headers["Location"] == page("mfa_index"), (name, method)
            asked.add(name)
    assert len([name for name in asked if name.startswith("admin:")]) > 40
    theirs = {name for name, row in MATRIX.items() if row.get["moderator"] == "200" and row.get["nobody"] != "200"}
    assert len(theirs) > 4
    assert theirs | {name for name in MATRIX if name.startswith(("moderation_", "version_", "recheck_"))} <= asked
    assert len(asked) > 80


@pytest.mark.parametrize("path", ["/fi/moderation/", "/fi/moderation/rules/", "/fi/admin/"])
def test_page_opens_after_the_second_factor(client, guarded, path):
    sign_in(client, guarded)
    assert not is_signed_in(client)
    assert "/login/?next=" in client.get(path).headers["Location"]
    client.post(page("mfa_authenticate"), {"code": code_now()})
    assert client.get(path).status_code == 200


def test_session_from_before_has_to_show_it(client, guarded):
    client.force_login(guarded)
    answer = client.get("/fi/moderation/")
    assert answer.headers["Location"] == page("mfa_reauthenticate") + "?next=%2Ffi%2Fmoderation%2F"
    assert client.post(answer.headers["Location"], {"code": code_now()}).headers["Location"] == "/fi/moderation/"
    assert client.get("/fi/moderation/").status_code == 200


def test_password_alone_does_not_take_it_away(client, guarded):
    client.force_login(guarded)
    closed = sorted(TO_SET_UP - TO_SHOW - {"account_session_end", "mfa_edit_webauthn", "mfa_remove_webauthn"})
    for name in closed:
        for method in ("get", "post"):
            answer = getattr(client, method)(page(name))
            assert answer.headers["Location"].startswith(page("mfa_reauthenticate")), (name, method)
    assert len(closed) > 10
    assert Authenticator.objects.filter(user=guarded, type=Authenticator.Type.TOTP).exists()


def test_public_pages_and_ones_own_account_stay_open(client):
    client.force_login(factories.UserFactory(moderator=True))
    for name in ("start", "listing_list", "account_settings", "account_sessions", "mfa_index"):
        assert client.get(page(name)).status_code == 200, name


def test_editor_needs_none(client, editor):
    sign_in(client, editor)
    assert client.get(page("organization_register")).status_code == 200


def test_code_by_mail_does_not_go_round_it(client, guarded):
    client.post(page("account_request_login_code"), {"email": guarded.email})
    answer = client.post(page("account_confirm_login_code"), {"code": code_in(mails_to(guarded.email)[0])})
    assert answer.headers["Location"] == page("mfa_authenticate")
    assert not is_signed_in(client)


def test_new_password_does_not_go_round_it(client, guarded):
    client.post(page("account_reset_password"), {"email": guarded.email})
    link = re.search(r"http://\S+", mails_to(guarded.email)[0].message).group()
    form = client.get(link, follow=True).redirect_chain[-1][0]
    new = "kolme vihreää tuolia"
    client.post(form, {"password1": new, "password2": new})
    assert not is_signed_in(client)
    answer = sign_in(client, guarded, new)
    assert answer.headers["Location"] == page("mfa_authenticate")


def test_code_works_once_and_wrong_ones_are_told(client, guarded):
    sign_in(client, guarded)
    assert "error-summary" in client.post(page("mfa_authenticate"), {"code": "000000"}).content.decode()
    code = code_now()
    client.post(page("mfa_authenticate"), {"code": code})
    assert is_signed_in(client)
    other = Client()
    sign_in(other, guarded)
    other.post(page("mfa_authenticate"), {"code": code})
    assert not is_signed_in(other)


def test_recovery_code_works_once(guarded):
    code = Authenticator.objects.get(user=guarded, type="recovery_codes").wrap().get_unused_codes()[0]
    for is_first in (True, False):
        client = Client()
        sign_in(client, guarded)
        client.post(page("mfa_authenticate"), {"code": code})
        assert is_signed_in(client) is is_first


@pytest.mark.parametrize("sent", ["", "x", "{}", "[]", "5", '{"id": 5, "rawId": null}', '{"id": "a", "response": {}}'])
def test_what_no_key_sends_is_answered(client, guarded, sent):
    sign_in(client, guarded)
    assert client.post(page("mfa_authenticate"), {"credential": sent}).status_code == 200
    assert not is_signed_in(client)
    show(client, guarded)
    again = client.post(page("mfa_add_webauthn"), {"credential": sent}).headers["Location"]
    client.post(again, {"password": factories.PASSWORD})
    assert client.post(page("mfa_add_webauthn"), {"credential": sent}).status_code == 200
    assert not Authenticator.objects.filter(type="webauthn").exists()


def test_app_is_set_up_and_opens_the_queue(client, committed_db):
    user = factories.UserFactory(moderator=True)
    sign_in(client, user)
    url = page("mfa_activate_totp")
    again = client.get(url).headers["Location"]
    client.post(again, {"password": factories.PASSWORD})
    html = client.get(url).content.decode()
    secret = re.search(r'class="secret" dir="ltr">(\w+)<', html).group(1)
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    answer = client.post(url, {"code": code})
    assert answer.headers["Location"] == page("mfa_view_recovery_codes")
    with CaptureQueriesContext(connection) as queries:
        codes = client.get(page("mfa_view_recovery_codes")).content.decode()
    assert [one for one in writes(queries) if "session" not in one] == []
    assert codes.count("<code") == 10
    assert client.get("/fi/moderation/").status_code == 200
    assert len(mails_to(user.email)) == 1


PAGES = (
    *("mfa_index", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_add_webauthn"),
    *("mfa_list_webauthn", "mfa_reauthenticate", "account_sessions", "account_settings", "account_email"),
)
PAGES_OF_A_KEY = ("mfa_index", "mfa_list_webauthn", "mfa_edit_webauthn", "mfa_remove_webauthn")


@pytest.mark.parametrize("language", ["fi", "sv", "en", "ar"])
def test_pages_have_good_markup(client, guarded, settings, language):
    """The guards cannot reach these: they need a factor and a fresh password."""
    if language not in dict(settings.LANGUAGES):
        settings.LANGUAGES = [*settings.LANGUAGES, (language, language)]
    settings.ACCOUNT_REAUTHENTICATION_REQUIRED = settings.MFA_REAUTHENTICATION_REQUIRED = False

    def look(name: str, *args: int) -> None:
        response = client.get(address(name, args, language))
        assert response.status_code == 200, name
        assert faults_of(read(response.content.decode())) == [], name

    sign_in(client, guarded)
    look("mfa_authenticate")
    client.post(page("mfa_authenticate"), {"code": code_now()})
    for name in PAGES:
        look(name)
    Authenticator.objects.filter(user=guarded).delete()
    look("mfa_activate_totp")
    key = Authenticator.objects.create(user=guarded, type="webauthn", data={"name": "Avain", "credential": {}})
    for name in PAGES_OF_A_KEY:
        look(name, *((key.pk,) if name.startswith(("mfa_edit", "mfa_remove")) else ()))


def test_second_factor_is_required_unless_it_is_a_demonstration(tmp_path):
    from tests.portal.test_settings import start

    assert start(tmp_path, "s.SECOND_FACTOR_REQUIRED").stdout.strip() == "True"
    refused = start(tmp_path, "s.SECOND_FACTOR_REQUIRED", SECOND_FACTOR_REQUIRED="false")
    assert refused.returncode != 0
    assert "demonstrations only" in refused.stderr
    shown = start(tmp_path, "s.SECOND_FACTOR_REQUIRED", SECOND_FACTOR_REQUIRED="false", IS_DEMO="true")
    assert shown.stdout.strip() == "False"
    assert "organizations.accounts.second_factor.SecondFactorMiddleware" in django_settings.MIDDLEWARE


def let_time_pass(client: Client, *, since_shown: int = 0, since_here: int = 0) -> None:
    """So many minutes lie between what the session remembers and now."""
    session = client.session
    for one in session[AUTHENTICATION_METHODS_SESSION_KEY]:
        one["at"] -= since_shown * 60
    if LAST_HERE in session:
        session[LAST_HERE] -= since_here * 60
    session.save()


def is_closed(response) -> bool:
    return response.status_code == 302 and response.headers["Location"].startswith(page("mfa_reauthenticate"))


def test_after_a_long_silence_it_is_shown_again_before_a_page_opens(client, guarded):
    show(client, guarded)
    let_time_pass(client, since_shown=59)
    assert client.get("/fi/moderation/").status_code == 200, "noted as there"
    let_time_pass(client, since_shown=59, since_here=59)
    assert client.get("/fi/moderation/").status_code == 200
    let_time_pass(client, since_shown=61, since_here=61)
    closed = client.get("/fi/moderation/?kind=version")
    assert is_closed(closed)
    assert not is_closed(client.post("/fi/moderation/take/")), "what somebody wrote is not lost"
    assert is_closed(client.get("/fi/moderation/")), "and that opened nothing"
    again = client.post(closed.headers["Location"], {"code": code_now(1)})
    assert again.headers["Location"] == "/fi/moderation/?kind=version"
    assert client.get("/fi/moderation/").status_code == 200


def test_it_is_shown_again_after_half_a_day(client, guarded):
    show(client, guarded)
    client.get("/fi/moderation/")
    let_time_pass(client, since_shown=12 * 60 + 1)
    assert is_closed(client.get("/fi/moderation/"))
    assert is_closed(client.post("/fi/moderation/take/"))


def test_person_who_is_there_is_noted_once_a_minute(client, guarded):
    show(client, guarded)
    let_time_pass(client, since_shown=2)
    client.get("/fi/moderation/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/fi/moderation/")
    assert [one for one in writes(queries) if "django_session" in one] == []


def test_failed_tries_are_counted_and_logged_without_saying_whose(client, guarded, caplog):
    def failed(shown: str) -> float:
        return SIGN_INS_FAILED.labels(shown)._value.get()

    before = {shown: failed(shown) for shown in ("password", "second factor")}
    client.post(page("account_login"), {"login": guarded.email, "password": "not this one"})
    sign_in(client, guarded)
    client.post(page("mfa_authenticate"), {"code": "000000"})
    assert not is_signed_in(client)
    client.post(page("mfa_authenticate"), {"code": code_now()})
    assert {shown: failed(shown) - before[shown] for shown in before} == {"password": 1, "second factor": 1}
    lines = [(one.getMessage(), one.figures["shown"]) for one in caplog.records if one.name == "portal.security"]
    assert lines == [("sign-in failed", "password"), ("sign-in failed", "second factor"), ("signed in", "mfa+password")]
    assert guarded.email not in caplog.text
