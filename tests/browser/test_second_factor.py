"""A moderator sets up an app and a key, signs in with a code by mail and the key, and is told when the key fails."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from post_office.models import Email

from tests import factories
from tests.browser.again import again
from tests.guards.world import address

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.pages]

A_KEY = {"protocol": "ctap2", "transport": "usb", "hasUserVerification": True, "isUserVerified": True}


@pytest.mark.parametrize(("language", "width"), [("fi", 390), again("ar", 1280)])
def test_second_factor_from_the_first_day_on(new_visitor, settings, language, width):
    settings.SECOND_FACTOR_REQUIRED = True
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    if language not in dict(settings.LANGUAGES):
        settings.LANGUAGES = [*settings.LANGUAGES, (language, language)]
    cache.clear()
    user = factories.UserFactory(moderator=True)

    def at(name: str) -> str:
        return address(name, (), language)

    visitor = new_visitor(width=width)
    visitor.go(at("desk"))
    visitor.write(login=user.email, password=factories.PASSWORD)
    visitor.press()
    assert visitor.path == at("mfa_index")
    visitor.press(f"a[href='{at('mfa_activate_totp')}']")
    visitor.write(password=factories.PASSWORD)
    visitor.press()
    secret = visitor.text(".secret")
    visitor.write(code=format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    visitor.press()
    assert visitor.one(".recovery-codes li").count() == 10

    browser = visitor.context.new_cdp_session(visitor.page)
    browser.send("WebAuthn.enable")
    key = browser.send("WebAuthn.addVirtualAuthenticator", {"options": A_KEY})["authenticatorId"]
    visitor.go(at("mfa_add_webauthn"))
    visitor.press("#add-key")
    assert visitor.path == at("mfa_index")
    for name in ("mfa_list_webauthn", "account_sessions", "account_settings", "account_email", "desk"):
        visitor.go(at(name))
        assert visitor.path == at(name)

    def come_back() -> None:
        visitor.context.clear_cookies()
        visitor.go(at("account_request_login_code"))
        visitor.write(email=user.email)
        visitor.press()
        code = re.search(r"^\d{4}-\d{4}$", Email.objects.order_by("pk").last().message, re.M).group()
        visitor.write(code=code)
        visitor.press("main .form-foot button >> nth=0")
        assert visitor.path == at("mfa_authenticate")

    come_back()
    visitor.press("#use-key")
    visitor.go(at("desk"))
    assert visitor.path == at("desk")

    come_back()
    browser.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": key})
    browser.send("WebAuthn.addVirtualAuthenticator", {"options": A_KEY})
    visitor.one("#use-key").click()
    visitor.one("#key-problem").wait_for(state="visible")
    visitor.check()
    visitor.write(code=format_hotp_value(hotp_value(secret, int(time.time()) // 30 + 1)))
    visitor.press()
    visitor.go(at("desk"))
    assert visitor.path == at("desk")
