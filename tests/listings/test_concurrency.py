"""Two people at the same moment, with real threads on PostgreSQL: one wins, the other is told, nothing is half done."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from listings import actions as listing_actions
from listings.models import Listing, Version
from listings.rule_set import current_rule_set
from moderation import actions
from moderation.models import Decision, Recheck
from organizations import actions as organization_actions
from organizations.models import Membership, Organization
from portal.refusals import Refused
from tests import factories

pytestmark = [
    pytest.mark.concurrency,
    pytest.mark.usefixtures("need_postgresql", "committed_db"),
]


def at_once(*calls):
    """Run the calls in threads that start together; give what each returned or the refusal it got."""
    barrier = Barrier(len(calls))

    def run(call):
        try:
            barrier.wait(timeout=10)
            return call()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


def refused(results):
    return [result for result in results if isinstance(result, Refused)]


@pytest.fixture
def writer():
    return factories.MembershipFactory(main_user=True)


@pytest.fixture
def waiting(writer):
    return factories.submitted(factories.draft(writer.organization, by=writer.user), by=writer.user)


def test_two_moderators_decide_once(waiting):
    first, second = factories.UserFactory.create_batch(2, moderator=True)
    mine, theirs = Version.objects.get(pk=waiting.pk), Version.objects.get(pk=waiting.pk)
    results = at_once(
        lambda: actions.publish(mine, by=first),
        lambda: actions.reject(theirs, by=second, reasons=["not-political"], message=""),
    )
    assert len(refused(results)) == 1
    decision = Decision.objects.get()
    assert Version.objects.get().state == decision.outcome


@pytest.fixture
def recheck(waiting):
    version = listing_actions.publish_version(waiting, by=factories.UserFactory(moderator=True))
    Version.objects.update(price_kind="fee", fee_amount=90, fee_purpose="materials")
    judge = factories.UserFactory(moderator=True)
    return actions.recheck_listing(version.listing, by=judge, rule_set=current_rule_set())


def test_two_moderators_decide_a_recheck_once(recheck):
    first, second = factories.UserFactory.create_batch(2, moderator=True)
    results = at_once(
        lambda: actions.keep(Recheck.objects.get(), by=first),
        lambda: actions.take_down(Recheck.objects.get(), by=second, reasons=["non-commercial"], message=""),
    )
    assert len(refused(results)) == 1
    assert Recheck.objects.get().outcome == Decision.objects.get().outcome
    assert (Version.objects.get().state == "rejected") == (Recheck.objects.get().outcome == "taken_down")


def test_two_runs_open_one_recheck(recheck):
    Recheck.objects.all().delete()
    judge = factories.UserFactory(moderator=True)
    results = at_once(
        *[lambda: actions.recheck_listing(Listing.objects.get(), by=judge, rule_set=current_rule_set())] * 2
    )
    assert not refused(results)
    assert Recheck.objects.count() == 1


def test_withdrawing_while_it_is_taken_down_has_one_outcome(recheck, writer):
    moderator = factories.UserFactory(moderator=True)
    results = at_once(
        lambda: actions.take_down(Recheck.objects.get(), by=moderator, reasons=["non-commercial"], message=""),
        lambda: listing_actions.withdraw_listing(Listing.objects.get(), by=writer.user),
    )
    assert len(refused(results)) == 1
    assert not Listing.objects.public().exists()


def test_taking_back_while_it_is_published_has_one_outcome(waiting, writer):
    moderator = factories.UserFactory(moderator=True)
    mine, theirs = Version.objects.get(pk=waiting.pk), Version.objects.get(pk=waiting.pk)
    results = at_once(
        lambda: actions.publish(mine, by=moderator),
        lambda: listing_actions.take_back_version(theirs, by=writer.user),
    )
    assert len(refused(results)) == 1
    assert (Version.objects.get().state == "published") == Decision.objects.exists()


def test_two_editors_open_one_new_version(waiting, writer):
    listing = factories.published(waiting, by=factories.UserFactory(moderator=True)).listing
    other = factories.MembershipFactory(organization=writer.organization)
    results = at_once(
        lambda: listing_actions.open_new_version(listing, by=writer.user),
        lambda: listing_actions.open_new_version(listing, by=other.user),
    )
    assert not refused(results)
    assert results[0].pk == results[1].pk
    assert listing.versions.open().count() == 1


def test_double_click_on_submit_submits_once(writer):
    draft = factories.draft(writer.organization, by=writer.user)
    results = at_once(
        *[lambda: listing_actions.submit_version(Version.objects.get(pk=draft.pk), by=writer.user) for _ in range(2)]
    )
    assert len(refused(results)) == 1
    assert Version.objects.get().state == Version.State.SUBMITTED


def test_request_is_answered_once(writer):
    other = factories.MembershipFactory(organization=writer.organization, main_user=True)
    asked = factories.MembershipFactory(organization=writer.organization, asked=True)
    results = at_once(
        lambda: organization_actions.accept_request(asked, by=writer.user),
        lambda: organization_actions.decline_request(asked, by=other.user),
    )
    assert len(refused(results)) == 1
    assert Membership.objects.get(pk=asked.pk).state in ("active", "removed")


def test_organization_is_decided_once():
    organization = factories.OrganizationFactory()
    first, second = factories.UserFactory.create_batch(2, moderator=True)
    results = at_once(
        lambda: actions.approve_organization(organization, by=first),
        lambda: actions.decline_organization(organization, by=second, message="No"),
    )
    assert len(refused(results)) == 1
    expected = {"approved": "active", "declined": "declined"}[Decision.objects.get().outcome]
    assert Organization.objects.get(pk=organization.pk).state == expected


def test_message_that_is_clicked_twice_is_written_once(waiting, writer):
    copies = [Version.objects.get(pk=waiting.pk) for _number in range(4)]
    results = at_once(
        *(lambda one=one: listing_actions.remark(one, by=writer.user, text="Voiko tulla kesken?") for one in copies)
    )
    assert len(refused(results)) == 3
    assert waiting.remarks.count() == 1
