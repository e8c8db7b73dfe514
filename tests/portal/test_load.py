"""`make load` measures honestly: people come to the end of what they do, and who waits to be served is counted."""

import ssl
import time
from random import Random

import pytest
from django.test import Client

from listings.models import Version
from scripts.load import tables
from scripts.load.arrivals import READ, SHARES, Addresses, Crowd
from scripts.load.journeys import Journey, editor, moderator
from scripts.load.visitor import Answer, Visitor, code_of
from tests import factories


def go_along(journey: Journey, client: Client, last: str) -> None:
    """Until a request of the kind `last` has been answered."""
    ask = next(journey)
    while True:
        response = client.get(ask.path) if ask.data is None else client.post(ask.path, ask.data)
        assert response.status_code in ask.expected, ask.path
        if ask.kind == last:
            return
        page = response.content.decode() if response.status_code == 200 else ""
        ask = journey.send(Answer(response.status_code, response.headers.get("Location", ""), page))


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.django_db
def test_editor_sends_a_listing_and_a_moderator_decides():
    membership = factories.MembershipFactory(main_user=True)
    go_along(editor(membership.organization_id, Random(1)), client_of(membership.user), "editor: sending")
    assert Version.objects.get().state == Version.State.SUBMITTED
    go_along(moderator(Random(1)), client_of(factories.UserFactory(moderator=True)), "moderator: deciding")
    assert Version.objects.get().state in (Version.State.PUBLISHED, Version.State.RETURNED)


class Slow(Visitor):
    def get(self, path: str, *, is_read: bool = True) -> Answer:
        time.sleep(0.1)
        return Answer(200)


def test_who_waits_until_somebody_is_free_is_counted_from_the_moment_when_they_were_due():
    addresses = {kind: ["/"] for kind in READ}
    visitor = Slow("https://127.0.0.1:1", ssl.create_default_context(), "127.0.1.1")
    crowd = Crowd(Addresses(addresses), [visitor], {})
    with crowd.here():
        seen = crowd.come(40, 0.5)
    values = [value for those in seen.seconds.values() for value in those]
    assert len(values) > 8
    # Each took a tenth of a second, and the last had all the others before it.
    assert max(values) > 0.1 * len(values) - 0.5


def test_of_a_hundred_requests_as_many_come_as_are_asked_for():
    assert sum(SHARES.values()) == sum(READ.values()) == 100


def test_code_of_the_second_factor_is_that_of_the_standard(monkeypatch):
    """The first example of RFC 6238, with its last six digits."""
    monkeypatch.setattr(time, "time", lambda: 59)
    assert code_of("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ") == "287082"


@pytest.mark.parametrize(("first", "last", "grown"), [(200, 220, 0.1), (200, 200.9, 0), (10, 10.8, 0), (10, 12, 0.2)])
def test_growth_is_a_part_of_what_was_there_and_less_than_a_megabyte_is_none(first, last, grown):
    assert tables.grown((300, 300, first, last)) == pytest.approx(grown)
