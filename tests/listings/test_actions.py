"""What can be done to listings and versions, and what cannot."""

from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from listings import actions
from listings.models import Listing, Version
from listings.states import WrongState
from organizations.models import Organization
from portal.models import AuditEvent
from portal.refusals import AlreadyDecided, NotPermitted
from tests import factories

pytestmark = pytest.mark.django_db


def test_draft_is_not_public(draft):
    assert not Listing.objects.public().exists()
    assert not draft.listing.is_public


def test_published_listing_is_public_and_has_its_sessions(published):
    listing = Listing.objects.public().get()
    assert listing == published.listing
    assert listing.is_public
    days = list(listing.sessions.values_list("on", flat=True))
    assert len(days) in (12, 13)
    assert {day.weekday() for day in days} == {0}
    assert listing.last_session_on == days[-1]
    assert listing.slug == f"kielikahvila-kirjastossa-{listing.pk}"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"participation": "referral"}, "no-referral"),
        ({"price_kind": "fee", "fee_amount": 5, "fee_purpose": "profit"}, "non-commercial"),
        ({"schedule_kind": "dates", "weekdays": [], "dates": ["2030-01-01"]}, "not-single-event"),
        ({"audience": "open_to_all"}, "language-access"),
        ({"aims": []}, "integration-aim"),
    ],
)
def test_blocked_version_cannot_be_submitted(organization, editor, changes, code):
    version = factories.draft(organization, by=editor, **changes)
    with pytest.raises(actions.Blocked) as refusal:
        actions.submit_version(version, by=editor)
    assert [finding.code for finding in refusal.value.findings] == [code]
    version.refresh_from_db()
    assert version.state == Version.State.DRAFT


def test_incomplete_version_cannot_be_submitted(organization, editor):
    version = factories.draft(organization, by=editor, title={}, contact_email="")
    with pytest.raises(actions.Incomplete) as refusal:
        actions.submit_version(version, by=editor)
    assert {one.field for one in refusal.value.missing} >= {"title", "contact_email"}


def test_version_of_pending_organization_cannot_be_submitted(organization, editor, draft):
    Organization.objects.update(state=Organization.State.PENDING)
    draft.listing.organization.refresh_from_db()
    with pytest.raises(NotPermitted):
        actions.submit_version(draft, by=editor)


def test_stranger_can_do_nothing_to_another_organizations_listing(published, draft, stranger):
    listing = published.listing
    for action, noun in [
        (actions.submit_version, draft),
        (actions.take_back_version, draft),
        (actions.open_new_version, listing),
        (actions.copy_listing, listing),
        (actions.withdraw_listing, listing),
        (actions.confirm_listing, listing),
    ]:
        with pytest.raises(NotPermitted):
            action(noun, by=stranger)
    with pytest.raises(NotPermitted):
        actions.save_answers(draft, by=stranger, answers={"venue": "Elsewhere"})
    with pytest.raises(NotPermitted):
        actions.start_listing(listing.organization, by=stranger, section="activity", answers={})


def test_submitted_version_cannot_be_changed(submitted, editor):
    with pytest.raises(AlreadyDecided):
        actions.save_answers(submitted, by=editor, answers={"venue": "Elsewhere"})


def test_taken_back_version_is_a_draft_again(submitted, editor):
    actions.take_back_version(submitted, by=editor)
    submitted.refresh_from_db()
    assert submitted.state == Version.State.DRAFT
    actions.save_answers(submitted, by=editor, answers={"venue": "Elsewhere"})


def test_published_version_stays_public_while_a_new_one_is_written_and_judged(published, editor, moderator):
    listing = published.listing
    version = actions.open_new_version(listing, by=editor)
    actions.save_answers(version, by=editor, answers={"title": {"fi": "Uusi nimi"}, "summary": {"fi": "Uusi."}})
    version.refresh_from_db()
    version = actions.submit_version(version, by=editor)
    assert version.state == Version.State.SUBMITTED
    assert listing.published_version == published
    assert listing.is_public
    factories.published(version, by=moderator)
    published.refresh_from_db()
    assert published.state == Version.State.SUPERSEDED
    assert listing.published_version == version


def test_change_of_only_the_place_is_public_at_once_and_traced(published, editor):
    version = actions.open_new_version(published.listing, by=editor)
    actions.save_answers(version, by=editor, answers={"venue": "Nuorisotalo", "starts": None, "weekdays": ["tue"]})
    actions.save_answers(version, by=editor, answers={"starts": published.starts})
    version = actions.submit_version(Version.objects.get(pk=version.pk), by=editor)
    assert version.state == Version.State.PUBLISHED
    event = AuditEvent.objects.get(verb="published_unreviewed")
    assert event.details["fields"] == ["weekdays", "venue"]
    assert set(published.listing.sessions.values_list("weekday", flat=True)) == {"tue"}


def test_change_of_the_price_waits_for_a_moderator(published, editor):
    version = actions.open_new_version(published.listing, by=editor)
    changes = {"price_kind": "fee", "fee_amount": 5, "fee_purpose": "materials", "venue": "Nuorisotalo"}
    actions.save_answers(version, by=editor, answers=changes)
    version = actions.submit_version(Version.objects.get(pk=version.pk), by=editor)
    assert version.state == Version.State.SUBMITTED


def test_change_to_a_price_that_a_rule_stops_cannot_be_submitted(editor, organization, moderator):
    Organization.objects.filter(pk=organization.pk).update(kind="company")
    organization.refresh_from_db()
    version = factories.submitted(factories.draft(organization, by=editor), by=editor)
    published = factories.published(version, by=moderator)
    version = actions.open_new_version(published.listing, by=editor)
    actions.save_answers(version, by=editor, answers={"price_kind": "fee", "fee_amount": 5, "fee_purpose": "materials"})
    with pytest.raises(actions.Blocked):
        actions.submit_version(Version.objects.get(pk=version.pk), by=editor)


def test_opening_a_new_version_twice_gives_the_same_draft(published, editor):
    first = actions.open_new_version(published.listing, by=editor)
    assert actions.open_new_version(published.listing, by=editor) == first


def test_second_click_on_start_gives_the_same_draft(organization, editor):
    first = factories.draft(organization, by=editor)
    assert factories.draft(organization, by=editor) == first
    assert Listing.objects.count() == 1


def test_copy_is_a_new_draft_without_the_dates(published, editor):
    copy = actions.copy_listing(published.listing, by=editor)
    assert copy.listing != published.listing
    assert copy.state == Version.State.DRAFT
    assert copy.texts("title") == published.texts("title")
    assert [row.form_id for row in copy.form_rows.all()] == ["language_club"]
    assert (copy.dates, copy.first_date, copy.last_date) == ([], None, None)


def test_withdrawn_listing_disappears_and_comes_back(published, editor):
    listing = published.listing
    actions.withdraw_listing(listing, by=editor)
    assert not listing.is_public
    with pytest.raises(AlreadyDecided):
        actions.withdraw_listing(listing, by=editor)
    actions.restore_listing(listing, by=editor)
    assert listing.is_public


def test_withdrawn_listing_is_back_when_its_new_version_is_published(published, editor, moderator):
    actions.withdraw_listing(published.listing, by=editor)
    version = actions.open_new_version(published.listing, by=editor)
    actions.save_answers(version, by=editor, answers={"summary": {"fi": "Uusi.", "en": "New."}})
    version = actions.submit_version(Version.objects.get(pk=version.pk), by=editor)
    assert not published.listing.is_public
    factories.published(version, by=moderator)
    assert published.listing.is_public


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends": time(16, 0)}, "ends"),
        ({"first_date": date(2030, 1, 2), "last_date": date(2030, 1, 1)}, "last_date"),
        ({"last_date": date(2020, 1, 1)}, "last_date"),
        ({"schedule_kind": "dates", "weekdays": [], "dates": ["2020-01-01", "2020-01-08"]}, "dates"),
    ],
)
def test_schedule_that_cannot_be_or_is_over_is_not_submitted(organization, editor, changes, field):
    version = factories.draft(organization, by=editor, **changes)
    with pytest.raises(actions.Incomplete) as refusal:
        actions.submit_version(version, by=editor)
    assert [one.field for one in refusal.value.missing] == [field]


def test_listing_of_suspended_organization_is_not_public(published):
    Organization.objects.update(state=Organization.State.SUSPENDED)
    assert not Listing.objects.public().exists()


def test_listing_that_nobody_confirms_runs_out_and_comes_back_with_one_click(organization, editor, moderator, settings):
    version = factories.draft(organization, by=editor, last_date=None)
    listing = factories.published(factories.submitted(version, by=editor), by=moderator).listing
    today = timezone.localdate()
    last_day = today - timedelta(days=settings.LISTING_CONFIRMATION_DAYS)
    Listing.objects.update(confirmed_on=last_day)
    assert listing.is_public
    Listing.objects.update(confirmed_on=last_day - timedelta(days=1))
    assert not listing.is_public
    actions.confirm_listing(listing, by=editor)
    assert listing.is_public


def test_listing_whose_last_session_is_over_is_not_public(published):
    Listing.objects.update(last_session_on=timezone.localdate())
    assert published.listing.is_public
    Listing.objects.update(last_session_on=timezone.localdate() - timedelta(days=1))
    assert not published.listing.is_public


def test_runs_out_on_agrees_with_the_queryset(published):
    listing = Listing.objects.get(pk=published.listing_id)
    for days in range(-3, 4):
        listing.last_session_on = timezone.localdate() + timedelta(days=days)
        listing.save()
        assert listing.is_public == (listing.runs_out_on >= timezone.localdate())


def test_cancelled_session_stays_cancelled_when_the_listing_is_confirmed(published, editor):
    session = published.listing.sessions.first()
    session.cancelled_at = timezone.now()
    session.save()
    actions.confirm_listing(published.listing, by=editor)
    session.refresh_from_db()
    assert session.cancelled_at is not None


def test_database_refuses_a_second_open_version(draft, editor):
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.create(listing=draft.listing, number=2, author=editor)


def test_database_refuses_a_second_published_version(published, editor):
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.create(listing=published.listing, number=2, author=editor, state=Version.State.PUBLISHED)


@pytest.mark.parametrize(
    "wrong",
    [{"state": "lost"}, {"state": "submitted", "submitted_at": None}, {"fee_amount": -1}],
)
def test_database_refuses_a_version_that_cannot_be(draft, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.filter(pk=draft.pk).update(**wrong)


def test_section_changes_only_until_the_first_publication(published, draft, editor):
    version = actions.open_new_version(published.listing, by=editor)
    actions.save_answers(version, by=editor, answers={}, section="professional")
    published.listing.refresh_from_db()
    assert published.listing.section == "activity"


def test_stale_version_is_a_wrong_state_and_changes_nothing(submitted, editor, moderator):
    stale = Version.objects.get(pk=submitted.pk)
    factories.published(submitted, by=moderator)
    with pytest.raises(WrongState):
        actions.take_back_version(stale, by=editor)
    assert Version.objects.get(pk=submitted.pk).state == Version.State.PUBLISHED


def test_each_action_leaves_a_trace_with_its_actor(published, editor, moderator):
    verbs = list(AuditEvent.objects.order_by("pk").values_list("verb", "actor_id"))
    assert verbs == [("started", editor.pk), ("submitted", editor.pk), ("published", moderator.pk)]


def test_audit_event_cannot_be_changed_or_deleted(published):
    event = AuditEvent.objects.first()
    with pytest.raises(TypeError):
        event.save()
    with pytest.raises(TypeError):
        event.delete()
