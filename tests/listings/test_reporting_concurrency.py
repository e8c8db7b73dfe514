"""Readers who report at the same moment, with real threads on PostgreSQL: each counts once, and one report hides."""

import pytest
from django.conf import settings
from post_office.models import Email

from listings import actions
from listings.actions.reporting import ToldAlready, TooMany
from listings.models import Listing, Report
from portal.models import AuditEvent
from tests import factories
from tests.listings.test_concurrency import at_once, refused

pytestmark = [
    pytest.mark.concurrency,
    pytest.mark.usefixtures("need_postgresql", "committed_db"),
]


def reporting(listing: Listing, network: str):
    return lambda: actions.report_listing(
        Listing.objects.get(pk=listing.pk),
        reason="unsuitable",
        words="",
        reader_email="",
        language="fi",
        network_address=network,
    )


def test_readers_at_once_hide_a_listing_once():
    listing = factories.public_listing()
    moderator = factories.UserFactory(moderator=True)
    count = settings.REPORTS_THAT_HIDE + 3
    results = at_once(*(reporting(listing, f"192.0.2.{number}") for number in range(count)))
    # Whoever comes after it was hidden is told that nobody sees it any more.
    assert len(refused(results)) == 3
    assert Report.objects.count() == settings.REPORTS_THAT_HIDE
    assert Listing.objects.get().hidden_for == "unsuitable"
    assert AuditEvent.objects.filter(verb="hid").count() == 1
    assert Email.objects.filter(to=moderator.email).count() == 1


def test_one_network_at_once_is_heard_once():
    listing = factories.public_listing()
    results = at_once(*(reporting(listing, "192.0.2.1") for _number in range(5)))
    assert [type(one) for one in refused(results)] == [ToldAlready] * 4
    assert Report.objects.count() == 1


def test_one_network_does_not_pass_the_limit_of_a_day_at_many_listings_at_once():
    most = settings.REPORTS_A_DAY
    listings = [factories.public_listing() for _number in range(most + 3)]
    results = at_once(*(reporting(listing, "192.0.2.1") for listing in listings))
    assert [type(one) for one in refused(results)] == [TooMany] * 3
    assert Report.objects.count() == most
