"""The monthly report: what it counts, what it hides, and that a month that is over stays as it was."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from listings import actions as listing_actions
from listings.models import Report
from moderation import actions
from moderation.models import Decision, Recheck
from moderation.public_report.month import Month, MonthReport, reported_months, waiting_of, working_days_between
from moderation.public_report.sections import FEW, sections_of
from organizations.models import Organization
from portal.audit import record
from portal.models import AuditEvent
from tests import factories
from tests.bending import unguarded
from tests.guards.world import address, client_of

OCTOBER = Month(date(2026, 10, 1))
# The first and the last moment of October in Finland
FIRST = datetime(2026, 9, 30, 21, 0, tzinfo=UTC)
LAST = datetime(2026, 10, 31, 21, 59, 59, tzinfo=UTC)


def decided(version, outcome, at, reasons=(), organization=None):
    decision = Decision(
        version=version,
        organization=organization,
        outcome=outcome,
        reasons=list(reasons),
        language="fi",
        rule_set="1",
        moderator=factories.UserFactory(moderator=True),
        at=at,
    )
    decision.save()
    return decision


def sent(version, at):
    event = record("submitted", version, by=version.author)
    with unguarded():
        AuditEvent.objects.filter(pk=event.pk).update(at=at)


def shown(report: MonthReport) -> dict[tuple[str, str], str]:
    with override("en"):
        return {(section.code, row.label): row.shown for section in sections_of(report) for row in section.rows}


def test_month_begins_and_ends_at_midnight_in_finland():
    assert OCTOBER.bounds == (FIRST, LAST + timedelta(seconds=1))
    assert str(OCTOBER) == "2026-10"
    assert Month(date(2026, 12, 1)).following == Month(date(2027, 1, 1))


@pytest.mark.django_db
def test_report_counts_what_was_decided_in_its_month_and_nothing_else(draft):
    for at in (FIRST - timedelta(seconds=1), FIRST, LAST, LAST + timedelta(seconds=1)):
        decided(draft, "published", at)
        sent(draft, at)
    decided(draft, "returned", FIRST, ["no-referral"])
    decided(None, "approved", FIRST, organization=draft.listing.organization)
    report = MonthReport(OCTOBER)
    assert report.outcomes == {"published": 2, "returned": 1, "approved": 1}
    assert report.submitted == 2
    assert not report.is_empty
    assert MonthReport(Month(date(2025, 1, 1))).is_empty


@pytest.mark.django_db
def test_reason_that_was_rare_is_not_told_apart(draft):
    for number in range(3):
        decided(draft, "rejected", FIRST, ["non-commercial"] + ["no-referral"] * (number < 2))
    decided(draft, "taken_down", FIRST, ["no-referral-at-all-which-is-no-rule"])
    decided(draft, "published", FIRST, ["right-section"])
    report = MonthReport(OCTOBER)
    assert report.reasons("rejected", "taken_down") == [("non-commercial", 3), ("no-referral", 2)]
    (rejected,) = [section for section in sections_of(report) if section.code == "rejected"]
    assert [row.shown for row in rejected.rows] == ["3", FEW]
    # The length of the bar does not tell either.
    decided(draft, "rejected", FIRST, ["language-access"])
    (rejected,) = [section for section in sections_of(MonthReport(OCTOBER)) if section.code == "rejected"]
    assert rejected.rows[1].width == rejected.rows[2].width


def test_waiting_is_counted_in_working_days():
    friday, saturday, monday = date(2026, 10, 16), date(2026, 10, 17), date(2026, 10, 19)
    assert working_days_between(friday, friday) == 0
    assert working_days_between(friday, monday) == working_days_between(saturday, monday) == 1
    assert working_days_between(date(2026, 12, 23), date(2026, 12, 28)) == 1
    waiting = waiting_of([(friday, friday, 5), (friday, monday, 4), (friday, date(2026, 10, 30), 1), (None, monday, 9)])
    assert (waiting.count, waiting.median, waiting.ninetieth) == (10, 0, 1)
    assert waiting_of([(None, monday, 1)]) is None


@pytest.mark.django_db
def test_waiting_counts_from_the_last_sending_before_the_decision(draft, organization):
    sent(draft, datetime(2026, 10, 5, 9, tzinfo=UTC))
    decided(draft, "returned", datetime(2026, 10, 6, 9, tzinfo=UTC))
    sent(draft, datetime(2026, 10, 12, 9, tzinfo=UTC))
    decided(draft, "published", datetime(2026, 10, 15, 9, tzinfo=UTC))
    sent(draft, datetime(2026, 11, 20, 9, tzinfo=UTC))
    Organization.objects.filter(pk=organization.pk).update(registered_at=datetime(2026, 10, 1, 9, tzinfo=UTC))
    decided(None, "approved", datetime(2026, 10, 2, 22, tzinfo=UTC), organization=organization)
    report = MonthReport(OCTOBER)
    assert (report.listings_waited.count, report.listings_waited.median, report.listings_waited.ninetieth) == (2, 1, 3)
    # At ten in the evening by the clocks of London it is Saturday in Finland already.
    assert report.organizations_waited.median == 1


@pytest.mark.django_db
def test_report_counts_readers_and_samples(published):
    listing = published.listing
    event = record("published_unreviewed", published, by=published.author)
    reported = record("reported", listing, by=published.author)
    with unguarded():
        AuditEvent.objects.filter(pk__in=[event.pk, reported.pk]).update(at=FIRST)
    Recheck.objects.create(
        listing=listing, cause="sample", rule_set="1", findings=[], opened_at=FIRST, closed_at=LAST, outcome="kept"
    )
    Recheck.objects.create(listing=listing, cause="rules", rule_set="1", findings=[], opened_at=FIRST)
    Report.objects.create(
        listing=listing, reason="over", closed_at=LAST, outcome="right", closed_by=published.author, language="fi"
    )
    numbers = shown(MonthReport(OCTOBER))
    assert numbers["at-once", "Public at once"] == "1"
    assert numbers["at-once", "Drawn for a check afterwards"] == "1"
    assert numbers["at-once", "Checked afterwards: kept"] == "1"
    assert numbers["reports", "Sent by readers"] == "1"
    assert numbers["reports", "The organizer says that it is right"] == "1"


@pytest.mark.django_db
def test_month_that_is_over_stays_as_it_was(organization, editor, moderator):
    version = factories.submitted(factories.draft(organization, by=editor), by=editor)
    actions.send_back(version, by=moderator, reasons=["no-referral"], message="")
    ago = timezone.now() - timedelta(days=31)
    with unguarded():
        Decision.objects.update(at=ago)
        AuditEvent.objects.update(at=ago - timedelta(seconds=1))
    month = Month.of(timezone.localdate(ago))
    before = sections_of(MonthReport(month))
    assert before
    version.refresh_from_db()
    version = factories.published(factories.submitted(version, by=editor), by=moderator)
    listing_actions.withdraw_listing(version.listing, by=editor)
    actions.suspend_organization(organization, by=moderator, message="x")
    assert sections_of(MonthReport(month)) == before


@pytest.mark.django_db
def test_only_months_that_are_over_have_a_page(draft):
    client = client_of(None)
    assert "no numbers yet" in client.get(address("decision_reports", language="en")).content.decode()
    present = Month.of(timezone.localdate())
    decided(draft, "published", timezone.now())
    assert reported_months() == []
    decided(draft, "published", timezone.now() - timedelta(days=70))
    months = reported_months()
    assert 2 <= len(months) <= 3
    assert months == sorted(months, reverse=True)
    for month in (present, present.following, Month(date(2001, 1, 1))):
        for name in ("decision_report", "decision_report_csv"):
            assert client.get(address(name, (month,))).status_code == 404
    assert client.get(address("decision_report", (months[-1],))).status_code == 200
    empty = client.get(address("decision_report", (months[0],), "en")).content.decode()
    assert "Nothing was sent and nothing was decided in this month." in empty


@pytest.mark.django_db
def test_file_has_the_numbers_of_the_page(draft):
    ago = timezone.now() - timedelta(days=31)
    decided(draft, "rejected", ago, ["no-referral"])
    month = Month.of(timezone.localdate(ago))
    response = client_of(None).get(address("decision_report_csv", (month,), "en"))
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Part,What,Number"
    assert "Listings,Rejected,1" in lines
    assert any(line.startswith("Why listings were rejected") and line.endswith(f",{FEW}") for line in lines)
