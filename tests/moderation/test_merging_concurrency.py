"""A merge, a suspension or a change of name while others work: nothing is lost, nobody sees an error."""

import pytest

from listings import actions as listing_actions
from listings.models import Listing, Version
from listings.search.checking import differences
from moderation import actions
from organizations import actions as organization_actions
from organizations.models import Membership, Organization, OrganizationChange
from tests import factories
from tests.listings.test_concurrency import at_once, refused

pytestmark = [
    pytest.mark.concurrency,
    pytest.mark.usefixtures("need_postgresql", "committed_db"),
]


@pytest.fixture(autouse=True)
def _mail_stays_in_the_outbox(settings):
    """Several threads of one process would send at once, which the portal's processes never do."""
    settings.POST_OFFICE = {**settings.POST_OFFICE, "CELERY_ENABLED": False}


@pytest.fixture
def gone():
    return factories.OrganizationFactory(active=True)


@pytest.fixture
def stays():
    return factories.OrganizationFactory(active=True)


@pytest.fixture
def writer(gone):
    return factories.MembershipFactory(organization=gone, main_user=True).user


@pytest.fixture
def judge():
    return factories.UserFactory(moderator=True)


def read_again(version):
    """The version as the page of another request has read it."""
    return Version.objects.select_related("listing__organization").get(pk=version.pk)


@pytest.mark.parametrize("_round", range(3))
def test_merge_during_edit_loses_nothing(gone, stays, writer, judge, _round):
    draft = factories.draft(gone, by=writer)
    published = factories.public_listing(gone)
    reads = [read_again(draft) for _ in range(2)]
    waiting = factories.submitted(factories.draft(gone, by=writer, venue="Kolmas"), by=writer)
    copied = Listing.objects.select_related("organization").get(pk=published.pk)
    results = at_once(
        lambda: actions.merge_organizations(gone, into=stays, by=judge),
        lambda: listing_actions.save_answers(reads[0], by=writer, answers={"venue": "Uusi talo"}),
        lambda: listing_actions.save_answers(reads[1], by=writer, answers={"address": "Uusi katu 1"}),
        lambda: listing_actions.start_listing(
            gone, by=writer, section=Listing.ACTIVITY, answers=factories.answers(venue="Toinen")
        ),
        lambda: listing_actions.copy_listing(copied, by=writer),
        lambda: actions.publish(read_again(waiting), by=factories.UserFactory(moderator=True)),
    )
    assert refused(results) == []
    draft.refresh_from_db()
    assert (draft.venue, draft.address) == ("Uusi talo", "Uusi katu 1")
    assert Listing.objects.filter(organization=stays).count() == 5
    assert not Listing.objects.filter(organization=gone).exists()
    assert Listing.objects.public().count() == 2
    assert list(differences()) == []


def test_two_merges_in_opposite_directions_are_one(gone, stays):
    first, second = factories.UserFactory.create_batch(2, moderator=True)
    results = at_once(
        lambda: actions.merge_organizations(gone, into=stays, by=first),
        lambda: actions.merge_organizations(stays, into=gone, by=second),
    )
    assert len(refused(results)) == 1
    assert sorted(Organization.objects.values_list("state", flat=True)) == ["active", "merged"]


def test_person_who_joins_during_the_merge_is_with_the_one_that_stays(gone, stays, writer, judge):
    asked = factories.MembershipFactory(organization=gone, asked=True)
    person = factories.UserFactory()
    at_once(
        lambda: actions.merge_organizations(gone, into=stays, by=judge),
        lambda: organization_actions.accept_request(Membership.objects.get(pk=asked.pk), by=writer),
        lambda: organization_actions.ask_to_join(gone, by=person, message="Ohjaan kerhoa."),
    )
    # Whoever was too late is told, and asks the one that stays.
    assert not Membership.objects.filter(organization=gone).exists()
    assert Membership.objects.get(user=asked.user).organization == stays


def test_listing_published_during_a_suspension_is_hidden(gone, writer, judge):
    waiting = factories.submitted(factories.draft(gone, by=writer), by=writer)
    results = at_once(
        lambda: actions.suspend_organization(gone, by=judge, message="Selvitetään."),
        lambda: actions.publish(read_again(waiting), by=factories.UserFactory(moderator=True)),
    )
    assert refused(results) == []
    assert not Listing.objects.public().exists()
    assert list(differences()) == []


def test_change_is_taken_back_or_accepted(gone, writer, judge):
    change = organization_actions.change_organization(gone, by=writer, names={"fi": "Uusi ry"})
    results = at_once(
        lambda: actions.accept_change(OrganizationChange.objects.get(), by=judge),
        lambda: organization_actions.withdraw_change(OrganizationChange.objects.get(), by=writer),
    )
    assert len(refused(results)) == 1
    change.refresh_from_db()
    gone.refresh_from_db()
    assert (change.state == "accepted") == (str(gone) == "Uusi ry")


def test_two_main_users_ask_for_one_name(gone, writer):
    other = factories.MembershipFactory(organization=gone, main_user=True).user
    results = at_once(
        lambda: organization_actions.change_organization(gone, by=writer, names={"fi": "Uusi ry"}),
        lambda: organization_actions.change_organization(gone, by=other, names={"fi": "Toinen ry"}),
    )
    assert len(refused(results)) == 1
    assert OrganizationChange.objects.awaiting_decision().count() == 1


def test_two_that_ask_each_other_become_one_pair(gone, stays, writer):
    head = factories.MembershipFactory(organization=stays, main_user=True).user
    organization_actions.ask_parent(gone, parent=stays, by=writer)
    organization_actions.ask_parent(stays, parent=gone, by=head)
    results = at_once(
        lambda: organization_actions.accept_branch(gone, parent=stays, by=head),
        lambda: organization_actions.accept_branch(stays, parent=gone, by=writer),
    )
    assert len(refused(results)) == 1
    assert Organization.objects.filter(parent__isnull=False).count() == 1
