"""The whole way of a listing through everything that runs in production: proxy, three web processes, workers, mail."""

import time
from dataclasses import dataclass
from email.message import EmailMessage

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value

from tests import factories
from tests.browser.test_journey import ADDRESS, Journey, go_the_whole_way
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.production]

MAIL_TAKES = 30
PROXY_KEEPS = 3


@dataclass
class JourneyInProduction(Journey):
    """Moderators have a second factor here, a worker sends the mail, and the proxy keeps pages for a moment."""

    def mail(self, subject: str, number: int) -> EmailMessage:
        limit = time.monotonic() + MAIL_TAKES
        while len(self.mailbox.to(ADDRESS)) < number and time.monotonic() < limit:
            time.sleep(0.1)
        return super().mail(subject, number)

    def sign_in_as_moderator(self) -> None:
        user = factories.UserFactory(moderator=True)
        secret = generate_totp_secret()
        TOTP.activate(user, secret)
        self.moderator.go("/en/desk/")
        self.moderator.write(login=user.email, password=factories.PASSWORD)
        self.moderator.press()
        self.moderator.write(code=format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
        self.moderator.press("main .form-foot button >> nth=0")
        assert self.moderator.path == "/en/desk/"

    def take_away(self) -> None:
        super().take_away()
        time.sleep(PROXY_KEEPS + 0.5)


@pytest.mark.usefixtures("production_database")
def test_journey_in_production(new_visitor, mailbox):
    def visitor() -> Visitor:
        return new_visitor(scripts=True, width=1280)

    go_the_whole_way(JourneyInProduction(visitor(), visitor(), mailbox, "sv"), visitor)
