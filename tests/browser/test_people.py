"""A key passed on, over real mail: invited on a desk, accepted on a phone in Arabic, handed over, and left."""

import pytest

from organizations.models import Membership
from tests import factories
from tests.browser.test_journey import link_in

pytestmark = pytest.mark.browser

ADDRESS = "amina@example.org"


def form(name: str) -> str:
    return f'main form[action$="/{name}/"]'


def test_key_is_passed_on(new_visitor, mailbox, settings):
    if "ar" not in dict(settings.LANGUAGES):
        settings.LANGUAGES = [*settings.LANGUAGES, ("ar", "العربية")]
    membership = factories.MembershipFactory(main_user=True, user__preferred_language="ar")
    people = f"/ar/desk/organizations/{membership.organization_id}/people/"

    first = new_visitor(membership.user)
    first.go(people)
    first.write(email="amina@")
    first.press(f"{form('invite')} button", status=422)
    assert first.written("email") == {"email": "amina@"}
    first.write(email=ADDRESS)
    first.choose(role="main_user")
    first.press(f"{form('invite')} button")
    assert ADDRESS in first.text("main")

    # On a phone, without an account
    (mail,) = mailbox.to(ADDRESS)
    second = new_visitor(width=390)
    invitation = link_in(mail)
    second.go(invitation)
    assert second.path.startswith("/ar/invitations/")
    invited_to = second.path
    second.press(f"{form('sign-up')} button")
    second.write(name="أمينة", email=ADDRESS, password1=factories.PASSWORD)
    second.press()
    second.go(link_in(mailbox.to(ADDRESS)[-1]))
    second.press()
    second.write(login=ADDRESS, password=factories.PASSWORD)
    second.press()
    assert second.path == invited_to
    assert ADDRESS in second.text("dl")
    second.press(f"{form('accept')} button")
    assert second.path == f"/ar/desk/organizations/{membership.organization_id}/"
    # The same link in another browser
    thief = new_visitor(factories.UserFactory(), width=390)
    thief.go(invitation, status=410)

    # The first goes
    first.go(people)
    first.one("summary").nth(1).click()
    first.press(f"{form('hand-over')} button")
    first.one('details:has(form[action$="/leave/"]) summary').click()
    first.press(f"{form('leave')} button")
    assert first.path == "/ar/desk/"
    first.go(people, status=404)
    second.go(people)
    assert ADDRESS in second.text("main")
    states = Membership.objects.order_by("pk").values_list("role", "state")
    assert list(states) == [("editor", "removed"), ("main_user", "active")]
