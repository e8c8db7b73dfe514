"""A new edition of the rules: what is public is looked at again, waits once, and is decided once."""

import io
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from post_office.models import Email

from listings import actions as listing_actions
from listings.eligibility.rule_sets import RuleSet
from listings.models import Document, Listing, Version
from listings.states import WrongState
from moderation import actions
from moderation.models import Decision, Recheck
from moderation.queue.cases import waiting_cases
from organizations.models import Membership, Organization, User
from portal.models import AuditEvent
from portal.refusals import NotPermitted
from tests import factories
from tests.bending import unguarded

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
OLD = RuleSet("old", date(2026, 1, 1))
NEW = RuleSet("new", TODAY, fee_review_limit=Decimal(30))
TO_COME = RuleSet("to come", TODAY + timedelta(days=30), fee_review_limit=Decimal(10))
FEE = {"price_kind": "fee", "fee_purpose": "materials"}


def hold(monkeypatch, *rule_sets):
    monkeypatch.setattr("listings.rule_set.RULE_SETS", rule_sets)


def run(*options):
    out = io.StringIO()
    call_command("recheck_listings", *options, stdout=out)
    return out.getvalue().splitlines()


@pytest.fixture
def dear(organization, editor, moderator, monkeypatch):
    """A public listing that costs 40 euros: fine under the old rules, for a moderator under the new ones."""
    hold(monkeypatch, OLD)
    version = factories.submitted(factories.draft(organization, by=editor, **FEE, fee_amount=40), by=editor)
    listing = factories.published(version, by=moderator).listing
    Email.objects.all().delete()
    return listing


@pytest.fixture
def recheck(dear, monkeypatch):
    hold(monkeypatch, OLD, NEW)
    run()
    return Recheck.objects.get()


def test_new_rules_put_the_listing_into_the_queue_once(dear, monkeypatch):
    factories.public_listing()
    assert run()[-1].startswith("2 listings read under rule set old, 0 with something new, 0 put")
    hold(monkeypatch, OLD, NEW)
    lines = run()
    assert lines[0].startswith(f"{dear.pk} Kielikahvila kirjastossa (")
    assert lines[0].endswith("): now found: non-commercial")
    assert lines[1] == "2 listings read under rule set new, 1 with something new, 1 put into the queue, 0 taken out"
    recheck = Recheck.objects.get()
    assert (recheck.listing, recheck.rule_set, recheck.codes) == (dear, "new", ["non-commercial"])
    assert run()[-1].endswith("1 with something new, 0 put into the queue, 0 taken out")
    assert Recheck.objects.count() == 1
    assert [case.kind for case in waiting_cases()] == ["recheck"]
    assert AuditEvent.objects.filter(verb="opened_recheck").count() == 1


def test_dry_run_prints_and_writes_nothing(dear, monkeypatch):
    hold(monkeypatch, OLD, NEW)
    users = User.objects.count()
    lines = run("--dry-run")
    assert lines[0].endswith("now found: non-commercial")
    assert lines[-1].endswith("nothing written")
    assert not Recheck.objects.exists()
    assert User.objects.count() == users


def test_edition_to_come_is_asked_by_its_name_and_not_undone_by_the_one_of_today(dear, monkeypatch):
    hold(monkeypatch, OLD, TO_COME)
    assert run()[-1].startswith("1 listings read under rule set old, 0 with")
    run("--rule-set", "to come")
    assert run()[-1].endswith("0 put into the queue, 0 taken out")
    assert Recheck.objects.get().is_open
    decision = actions.keep(Recheck.objects.get(), by=factories.UserFactory(moderator=True))
    assert (decision.rule_set, decision.limits["fee_review_limit"]) == ("to come", "10")
    assert run("--rule-set", "to come")[-1].startswith("1 listings read under rule set to come, 0 with")
    with pytest.raises(CommandError, match="There are: to come, old"):
        run("--rule-set", "never")


def test_what_was_accepted_at_publishing_is_not_new(organization, editor, moderator, monkeypatch):
    hold(monkeypatch, OLD)
    factories.published(
        factories.submitted(factories.draft(organization, by=editor, **FEE, fee_amount=90), by=editor), by=moderator
    )
    hold(monkeypatch, OLD, NEW)
    assert run()[-1].startswith("1 listings read under rule set new, 0 with")


def test_finding_that_became_graver_is_new_and_one_that_went_is_told(organization, editor, moderator, monkeypatch):
    version = factories.submitted(factories.draft(organization, by=editor), by=editor)
    listing = factories.published(version, by=moderator).listing
    kept = [{"code": "volunteering", "severity": "review"}, {"code": "not-single-event", "severity": "review"}]
    with unguarded():
        Decision.objects.update(findings=kept)
    # As an import of an older portal left it: one date is a block, and a moderator had accepted a review.
    Version.objects.update(schedule_kind="dates", dates=["2030-01-07"])
    assert run()[0].endswith("): now found: not-single-event; no longer found: volunteering")
    assert Recheck.objects.get().findings == [{"code": "not-single-event", "severity": "block", "field": "dates"}]
    assert Recheck.objects.get().listing == listing


def test_listing_that_nobody_decided_on_is_compared_with_nothing(organization, editor, moderator):
    version = factories.submitted(factories.draft(organization, by=editor, **FEE, fee_amount=90), by=editor)
    listing_actions.publish_version(version, by=moderator)
    assert "now found: non-commercial" in run()[0]


def test_change_of_place_alone_neither_asks_again_nor_answers(recheck, dear, editor):
    def move(venue):
        version = listing_actions.open_new_version(dear, by=editor)
        version = listing_actions.save_answers(version, by=editor, answers={"venue": venue})
        assert factories.submitted(version, by=editor).state == Version.State.PUBLISHED

    move("Nuorisotalo")
    assert [case.pk for case in waiting_cases()] == [recheck.pk]
    actions.keep(recheck, by=factories.UserFactory(moderator=True))
    move("Kirkonkylä")
    assert run()[-1].startswith("1 listings read under rule set new, 0 with")


@pytest.mark.parametrize("reason", ["withdrawn", "run out", "suspended", "old rules again", "cheaper now"])
def test_recheck_without_a_question_is_closed_by_the_next_run(recheck, dear, editor, monkeypatch, reason):
    if reason == "withdrawn":
        listing_actions.withdraw_listing(dear, by=editor)
    elif reason == "run out":
        Listing.objects.update(last_session_on=TODAY - timedelta(days=1))
    elif reason == "suspended":
        Organization.objects.update(state=Organization.State.SUSPENDED)
    elif reason == "old rules again":
        hold(monkeypatch, OLD)
    else:
        Version.objects.update(fee_amount=5)
    if reason in ("withdrawn", "run out", "suspended"):
        assert waiting_cases() == [], "already before the run"
    assert run()[-1].endswith("1 taken out")
    recheck.refresh_from_db()
    assert (recheck.outcome, recheck.is_open) == (Recheck.Outcome.SETTLED, False)


def test_publishing_a_new_version_answers_the_recheck(recheck, dear, editor, moderator):
    version = listing_actions.open_new_version(dear, by=editor)
    version = listing_actions.save_answers(version, by=editor, answers={"fee_amount": Decimal(35)})
    actions.publish(factories.submitted(version, by=editor), by=moderator)
    recheck.refresh_from_db()
    assert recheck.outcome == Recheck.Outcome.SETTLED
    assert run()[-1].startswith("1 listings read under rule set new, 0 with")


def test_recheck_is_renewed_and_not_doubled_by_a_newer_edition(recheck, dear, monkeypatch):
    Version.objects.update(schedule_kind="dates", dates=["2030-01-07"])
    run()
    recheck.refresh_from_db()
    assert recheck.codes == ["non-commercial", "not-single-event"]
    assert AuditEvent.objects.filter(verb="renewed_recheck").count() == 1


def test_kept_listing_stays_and_counts_as_accepted(recheck, dear, moderator):
    decision = actions.keep(recheck, by=moderator)
    assert dear.is_public
    assert (decision.outcome, decision.rule_set) == (Decision.Outcome.KEPT, "new")
    assert [one["code"] for one in decision.findings] == ["non-commercial"]
    assert decision.limits == {"fee_review_limit": "30", "single_events_allowed": False}
    assert not Email.objects.exists(), "nothing has changed for the organizer"
    assert run()[-1].startswith("1 listings read under rule set new, 0 with")


def test_message_with_keeping_goes_to_author_and_main_users(recheck, organization, editor, main_user, moderator):
    actions.keep(recheck, by=moderator, message="Please lower the fee in spring.")
    assert sorted(mail.to[0] for mail in Email.objects.all()) == sorted([editor.email, main_user.email])
    assert "Please lower the fee" in Email.objects.first().message


def test_listing_taken_down_is_gone_for_readers_and_can_come_back(recheck, dear, editor, main_user, moderator, client):
    address = dear.get_absolute_url()
    assert client.get(address).status_code == 200
    actions.take_down(recheck, by=moderator, reasons=["non-commercial"], message="The fee is high.")
    assert client.get(address).status_code == 404
    assert not dear.is_public
    assert not Document.objects.exists()
    version = dear.versions.get()
    assert version.state == Version.State.REJECTED
    mails = Email.objects.all()
    assert sorted(mail.to[0] for mail in mails) == sorted([editor.email, main_user.email])
    assert all("The fee is high." in mail.message and "Not commercial" in mail.message for mail in mails)
    client.force_login(editor)
    page = client.get(reverse("listing_manage", args=[dear.pk])).content.decode()
    assert "The fee is high." in page
    again = listing_actions.open_new_version(dear, by=editor)
    listing_actions.save_answers(again, by=editor, answers={"fee_amount": Decimal(5)})
    actions.publish(factories.submitted(again, by=editor), by=moderator)
    assert dear.is_public
    assert client.get(address).status_code == 200


def test_what_was_decided_last_is_shown_to_the_organization(recheck, dear, editor, moderator, client):
    """Also when a newer version was rejected before the published one was taken away."""
    version = listing_actions.open_new_version(dear, by=editor)
    version = listing_actions.save_answers(version, by=editor, answers={"fee_amount": Decimal(45)})
    actions.reject(factories.submitted(version, by=editor), by=moderator, reasons=[], message="Too dear.")
    actions.take_down(recheck, by=moderator, reasons=[], message="Away with it.")
    client.force_login(editor)
    page = client.get(reverse("listing_manage", args=[dear.pk])).content.decode()
    assert "Away with it." in page
    assert "Too dear." not in page


def test_taking_down_owes_a_reason(recheck, moderator):
    with pytest.raises(actions.ReasonMissing):
        actions.take_down(recheck, by=moderator, reasons=[], message=" ")
    assert Recheck.objects.get().is_open


def test_recheck_is_decided_once(recheck, moderator):
    actions.keep(recheck, by=moderator)
    with pytest.raises(WrongState):
        actions.take_down(recheck, by=factories.UserFactory(moderator=True), reasons=["non-commercial"], message="")
    assert Decision.objects.filter(outcome=Decision.Outcome.TAKEN_DOWN).count() == 0


def test_another_case_than_the_one_seen_is_not_decided(recheck, dear, editor, moderator, monkeypatch):
    seen = actions.seen_of_recheck(recheck, dear.published_version)
    version = listing_actions.open_new_version(dear, by=editor)
    version = listing_actions.save_answers(version, by=editor, answers={"venue": "Muualla"})
    factories.submitted(version, by=editor)
    with pytest.raises(WrongState):
        actions.keep(recheck, by=moderator, seen=seen)
    actions.keep(recheck, by=moderator, seen=actions.seen_of_recheck(recheck, dear.published_version))


def test_withdrawn_listing_is_not_decided(recheck, dear, editor, moderator):
    listing_actions.withdraw_listing(dear, by=editor)
    with pytest.raises(WrongState):
        actions.take_down(recheck, by=moderator, reasons=["non-commercial"], message="")


def test_neither_writer_nor_own_moderator_decides(recheck, organization, editor):
    own_moderator = factories.UserFactory(moderator=True)
    Membership.objects.create(organization=organization, user=own_moderator, state="active")
    for person in (editor, own_moderator):
        with pytest.raises(NotPermitted):
            actions.keep(recheck, by=person)
        with pytest.raises(NotPermitted):
            actions.take_down(recheck, by=person, reasons=["non-commercial"], message="")
    with pytest.raises(NotPermitted):
        actions.recheck_listing(recheck.listing, by=editor, rule_set=NEW)


@contextmanager
def refused_by_the_database():
    with pytest.raises(IntegrityError), transaction.atomic():
        yield


def test_database_holds_one_open_recheck_and_a_whole_ending(recheck):
    with refused_by_the_database():
        Recheck.objects.create(listing=recheck.listing, rule_set="new", findings=[])
    for changes in ({"closed_at": timezone.now()}, {"outcome": "kept"}, {"closed_at": timezone.now(), "outcome": "x"}):
        with refused_by_the_database():
            Recheck.objects.update(**changes)
    Recheck.objects.update(closed_at=timezone.now(), outcome="kept")
    Recheck.objects.create(listing=recheck.listing, rule_set="new", findings=[])


@translation.override("en")
def test_queue_names_the_reason_and_leads_to_the_texts(recheck, dear, moderator, client):
    client.force_login(moderator)
    queue = client.get(reverse("moderation_queue")).content.decode()
    assert "Rule set new, now found:" in queue
    assert "Not commercial" in queue
    page = client.get(reverse("recheck_decide", args=[recheck.pk])).content.decode()
    assert "The rules of edition new" in page
    assert "Kielikahvila kirjastossa" in page
    assert "Keep it public" in page
    actions.keep(recheck, by=moderator)
    assert "Keep it public" not in client.get(reverse("recheck_decide", args=[recheck.pk])).content.decode()


def test_people_who_wait_come_before_rechecks(recheck, organization, editor):
    factories.submitted(factories.draft(organization, by=editor, venue="Muu"), by=editor)
    assert [case.kind for case in waiting_cases()] == ["version", "recheck"]


def test_listings_are_read_in_chunks_with_few_queries(monkeypatch):
    for _number in range(3):
        factories.public_listing()

    def queries():
        with CaptureQueriesContext(connection) as captured:
            run("--dry-run")
        return len(captured)

    together = queries()
    factories.public_listing()
    assert queries() == together
    monkeypatch.setattr("moderation.management.commands.recheck_listings.CHUNK", 2)
    assert run()[-1].startswith("4 listings read")
