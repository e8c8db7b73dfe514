"""Having a case in hand: seen by the others, kept from them, let go by itself; and going on to the next."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from listings import actions as listing_actions
from listings.models import Version
from moderation import actions
from moderation.actions import holding
from moderation.actions.holding import forget_holds
from moderation.models import Decision, Hold
from moderation.queue.choosing import Choice
from organizations.models import Organization
from portal.models import AuditEvent
from portal.refusals import AlreadyDecided, NotPermitted
from tests import factories
from tests.guards.world import Home, World, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


@pytest.fixture
def home(world) -> Home:
    return world.home


@pytest.fixture
def version(home) -> Version:
    return home.version("submitted")


def test_what_one_has_in_hand_no_other_decides_until_its_time_is_over(world, version):
    actions.take_case("version", version.pk, by=world.moderator)
    with pytest.raises(actions.HeldByAnother) as refusal:
        actions.publish(version, by=world.judge)
    assert str(world.moderator) in str(refusal.value)
    Hold.objects.update(until=timezone.now())
    actions.publish(version, by=world.judge)
    assert Decision.objects.get().moderator == world.judge
    assert not Hold.objects.exists(), "the decision ends it"


DECISIONS = {
    "version": [
        lambda noun, by: actions.publish(noun, by=by),
        lambda noun, by: actions.send_back(noun, by=by, reasons=["no-referral"], message=""),
        lambda noun, by: actions.reject(noun, by=by, reasons=["no-referral"], message=""),
    ],
    "organization": [
        lambda noun, by: actions.approve_organization(noun, by=by),
        lambda noun, by: actions.decline_organization(noun, by=by, message="Ei."),
    ],
    "organization_change": [
        lambda noun, by: actions.accept_change(noun, by=by),
        lambda noun, by: actions.decline_change(noun, by=by, message="Ei."),
    ],
    "report": [
        lambda noun, by: actions.keep_after_report(noun, by=by),
        lambda noun, by: actions.take_down_after_report(noun, by=by, reasons=["no-referral"], message=""),
    ],
    "recheck": [
        lambda noun, by: actions.keep(noun, by=by),
        lambda noun, by: actions.take_down(noun, by=by, reasons=["no-referral"], message=""),
    ],
}
NOUNS = {
    "version": lambda world: world.home.version("submitted"),
    "organization": lambda world: world.waiting.organization,
    "organization_change": lambda world: world.home.change,
    "report": lambda world: world.home.report("accused"),
    "recheck": lambda world: world.home.recheck(),
}


@pytest.mark.parametrize(
    ("kind", "place"), [(kind, place) for kind, several in DECISIONS.items() for place in range(len(several))]
)
def test_every_decision_on_every_kind_heeds_holds_and_ends_its_own(world, kind, place):
    noun, decide = NOUNS[kind](world), DECISIONS[kind][place]
    actions.take_case(kind, noun.pk, by=world.moderator)
    with pytest.raises(actions.HeldByAnother):
        decide(noun, world.judge)
    decide(noun, world.moderator)
    assert not Hold.objects.exists()


def test_refused_decision_leaves_the_hold_as_it_was(world, version):
    actions.take_case("version", version.pk, by=world.moderator)
    with pytest.raises(actions.ReasonMissing):
        actions.reject(version, by=world.moderator, reasons=[], message="")
    assert Hold.objects.get().moderator == world.moderator


def test_case_of_ones_own_organization_and_decided_ones_are_not_taken(world, home, version):
    colleague = factories.UserFactory(moderator=True)
    factories.MembershipFactory(organization=home.organization, user=colleague)
    with pytest.raises(NotPermitted):
        actions.take_case("version", version.pk, by=colleague)
    assert actions.take_next(Choice(), by=colleague) is None
    with pytest.raises(NotPermitted):
        actions.take_case("version", version.pk, by=home.main_user)
    with pytest.raises(AlreadyDecided):
        actions.take_case("version", home.version("published").pk, by=world.judge)
    with pytest.raises(AlreadyDecided):
        actions.take_case("version", 10**17, by=world.judge)
    assert not Hold.objects.exists()


def test_two_who_take_the_next_get_two_cases_and_each_gets_their_own_again(world, home, version):
    second = home.version("worrying")
    first_case, again = (actions.take_next(Choice(), by=world.moderator) for _time in range(2))
    assert first_case == again
    assert first_case.pk == version.pk
    assert actions.take_next(Choice(), by=world.judge).pk == second.pk
    assert actions.take_next(Choice(), by=factories.UserFactory(moderator=True)) is None
    assert AuditEvent.objects.filter(verb="took_in_hand").count() == 2


def test_what_its_author_takes_back_at_that_moment_is_not_taken(world, version, monkeypatch):
    """No hold keeps an author from it: seen while both worked, as an error page for the moderator."""
    organization_of = holding.organization_of

    def taken_back_before(case):
        listing_actions.take_back_version(version, by=version.author)
        return organization_of(case)

    monkeypatch.setattr(holding, "organization_of", taken_back_before)
    with pytest.raises(AlreadyDecided):
        actions.take_case("version", version.pk, by=world.moderator)
    assert not Hold.objects.exists()


def test_what_is_given_back_others_take(world, version):
    actions.take_case("version", version.pk, by=world.moderator)
    with pytest.raises(AlreadyDecided):
        actions.give_back("version", version.pk, by=world.judge)
    actions.give_back("version", version.pk, by=world.moderator)
    assert actions.take_next(Choice(), by=world.judge).pk == version.pk


def test_page_names_the_holder_and_refusal_keeps_what_was_typed(world, version):
    actions.take_case("version", version.pk, by=world.judge)
    client = client_of(world.moderator)
    for url in ("/en/moderation/", f"/en/moderation/versions/{version.pk}/"):
        assert f"{world.judge}" in client.get(url).content.decode()
    url = reverse("version_return", args=[version.pk])
    response = client.post(url, {"message": "Kirjoitin tämän pitkään.", "reasons": ["no-referral"]})
    assert response.status_code == 422
    assert "Kirjoitin tämän pitkään." in response.content.decode()
    version.refresh_from_db()
    assert version.state == "submitted"


def test_decision_goes_on_to_the_next_free_case_in_the_chosen_part(world, home, version):
    held, free = home.version("worrying"), home.version("changed")
    factories.OrganizationFactory(state=Organization.State.PENDING)
    Version.objects.filter(pk=version.pk).update(submitted_at=timezone.now() - timedelta(days=2))
    actions.take_case("version", held.pk, by=world.judge)
    client = Client()
    client.force_login(world.moderator)
    page = client.get(f"/en/moderation/versions/{version.pk}/?queue=kind%3Dversion").content.decode()
    assert "Queue: 1 of 3" in page
    assert 'name="queue" value="kind=version"' in page
    response = client.post(f"/en/moderation/versions/{version.pk}/publish/", {"queue": "kind=version"})
    assert response["Location"] == f"/en/moderation/versions/{free.pk}/?queue=kind%3Dversion"
    assert Hold.objects.get(moderator=world.moderator).case_id == free.pk
    last = client.post(f"/en/moderation/versions/{free.pk}/publish/", {"queue": "kind=version"})
    assert last["Location"] == "/en/moderation/?kind=version"


def test_holds_that_ended_long_ago_are_forgotten(world, home, version):
    actions.take_case("version", version.pk, by=world.moderator)
    assert forget_holds() == 0
    Hold.objects.update(until=timezone.now() - timedelta(days=2))
    assert forget_holds() == 1
