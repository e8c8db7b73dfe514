"""The clock: who is reminded of what waits, on which day, and only once."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from post_office.models import Email

from listings.models import Report, Version
from moderation import actions
from moderation.actions import reminding
from moderation.clock.late import count_late, due_cases, who_is_told
from moderation.models import Duty, Hold
from organizations.models import Organization
from portal.models import Region, SentOnce
from tests import factories
from tests.guards.world import World

HELSINKI = ZoneInfo("Europe/Helsinki")
# Sent on Monday 2 November 2026: promised by Thursday the 5th.
SENT = datetime(2026, 11, 2, 12, tzinfo=HELSINKI)
SENT_ON, EVE, PROMISED, LATE = date(2026, 11, 2), date(2026, 11, 4), date(2026, 11, 5), date(2026, 11, 6)
# Two working days after Friday the 6th.
LEFT = date(2026, 11, 10)


@pytest.fixture(autouse=True)
def three_days(settings):
    settings.ANSWER_WORKING_DAYS = 3


@pytest.fixture
def operator(db):
    return factories.UserFactory(operator=True)


@pytest.fixture
def world(db):
    return World()


@pytest.fixture
def waiting(submitted):
    """A version in Oulu that was sent on that Monday."""
    Version.objects.filter(pk=submitted.pk).update(submitted_at=SENT)
    submitted.refresh_from_db()
    return submitted


def told_on(*days):
    """Who gets a mail on each of the days, one after the other."""
    found = {}
    for day in days:
        before = Email.objects.count()
        reminding.remind_of_all_cases(day)
        found[day] = sorted(mail.to[0] for mail in Email.objects.order_by("pk")[before:])
    return {day: people for day, people in found.items() if people}


def all_days(first, last):
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def duty(moderator, *regions, away=None, stand_in=None):
    found = Duty.objects.create(
        moderator=moderator,
        away_from=away and away[0],
        away_until=away and away[1],
        stand_in=stand_in,
    )
    found.regions.set(regions)
    return found


def test_moderators_are_reminded_then_all_then_the_operators(waiting, moderator, operator):
    lapland = factories.UserFactory(moderator=True)
    duty(lapland, "19")
    duty(moderator, "17")
    assert told_on(*all_days(SENT_ON, LEFT)) == {
        EVE: [moderator.email],
        LATE: sorted([moderator.email, lapland.email]),
        LEFT: [operator.email],
    }


def test_nothing_is_mailed_when_nothing_waits(submitted, moderator, operator):
    assert told_on(*all_days(SENT_ON, LEFT)) == {}
    assert not SentOnce.objects.exists()


def test_day_is_told_once_however_often_the_task_runs(waiting, moderator):
    assert told_on(LATE) == {LATE: [moderator.email]}
    assert told_on(LATE) == {}
    assert Email.objects.count() == SentOnce.objects.count() == 1


def test_days_without_a_worker_are_made_up_for(waiting, moderator, operator):
    assert told_on(LEFT) == {LEFT: sorted([moderator.email, operator.email])}


def test_it_is_told_again_after_a_week(waiting, moderator):
    days = told_on(*all_days(LATE, LATE + timedelta(days=15)))
    assert list(days) == [LATE, LATE + timedelta(days=7), LATE + timedelta(days=14)]


def test_nobody_is_reminded_on_a_day_off(waiting, moderator):
    assert reminding.remind_of_all_cases(date(2026, 11, 7)) == 0
    assert reminding.remind_of_all_cases(date(2026, 12, 24)) == 0
    assert not Email.objects.exists()


def test_mail_names_all_that_waits_oldest_first(waiting, moderator, organization, editor):
    newer = factories.submitted(factories.draft(organization, by=editor, title={"fi": "Uudempi"}), by=editor)
    Version.objects.filter(pk=newer.pk).update(submitted_at=SENT + timedelta(days=1))
    pending = factories.OrganizationFactory(name_fi="Vanhin ry", state=Organization.State.PENDING)
    Organization.objects.filter(pk=pending.pk).update(registered_at=SENT - timedelta(days=1))
    reminding.remind_of_all_cases(LATE)
    mail = Email.objects.get()
    assert mail.subject == "2 cases wait longer than we promised"
    places = [mail.message.index(text) for text in ("Vanhin ry", "Language café in the library", "Uudempi")]
    assert places == sorted(places)
    assert mail.message.count("Promised by") == 3
    assert f"/en/moderation/versions/{waiting.pk}/" in mail.message
    assert f"/en/moderation/organizations/{pending.pk}/" in mail.html_message


def test_long_queue_is_counted_and_not_all_named(waiting, moderator, monkeypatch):
    monkeypatch.setattr("moderation.clock.mails.LISTED", 2)
    for _number in range(3):
        pending = factories.OrganizationFactory(state=Organization.State.PENDING)
        Organization.objects.filter(pk=pending.pk).update(registered_at=SENT)
    reminding.remind_of_all_cases(LATE)
    mail = Email.objects.get()
    assert mail.subject.startswith("4 cases")
    assert mail.message.count("Promised by") == 2
    assert "2 more are in the queue." in mail.message


def test_whoever_holds_or_returned_it_is_reminded_whatever_their_regions(waiting, moderator, editor):
    holder, returner = factories.UserFactory(moderator=True), factories.UserFactory(moderator=True)
    for one in (holder, returner):
        duty(one, "19")
    duty(moderator, "17")
    actions.send_back(waiting, by=returner, reasons=["no-referral"], message="Kerro lisää.")
    Email.objects.all().delete()
    again = factories.submitted(Version.objects.get(pk=waiting.pk), by=editor)
    Version.objects.filter(pk=again.pk).update(submitted_at=SENT)
    Hold.objects.create(
        kind="version", case_id=again.pk, moderator=holder, until=timezone.now() + timedelta(minutes=20)
    )
    assert told_on(EVE) == {EVE: sorted([moderator.email, holder.email, returner.email])}


def test_moderator_is_not_reminded_of_their_own_organization(waiting, moderator, organization):
    colleague = factories.UserFactory(moderator=True)
    factories.MembershipFactory(organization=organization, user=colleague)
    assert told_on(EVE, LATE) == {EVE: [moderator.email], LATE: [moderator.email]}


def test_operator_who_moderates_gets_one_mail(waiting, db):
    both = factories.UserFactory(operator=True, moderator=True)
    assert told_on(LEFT) == {LEFT: [both.email]}


def test_operator_gets_no_links_that_are_not_there_for_them(waiting, moderator, operator):
    reminding.remind_of_all_cases(LEFT)
    mail = Email.objects.get(to=operator.email)
    assert "/moderation/versions/" not in mail.message
    assert "/moderation/duty/" in mail.message
    assert "/moderation/versions/" in Email.objects.get(to=moderator.email).message


def test_rechecks_have_no_promise_and_reports_have(world, moderator):
    world.home.version("undecided").listing.rechecks.update(opened_at=SENT)
    unsuitable = world.home.report("accused")
    Report.objects.update(made_at=SENT)
    assert [(due.case.kind, due.case.pk) for due in due_cases(LATE)] == [("report", unsuitable.pk)]
    assert count_late(PROMISED) == 0
    assert count_late(LATE) == 1


def test_report_that_its_organization_left_lying_begins_with_the_moderators(world, moderator, settings):
    report = world.home.report("reported")
    # It came to the moderators just now, though the reader wrote long ago.
    long_ago = timezone.now() - timedelta(days=settings.REPORT_ANSWER_DAYS, hours=1)
    Report.objects.update(made_at=long_ago)
    assert Report.objects.awaiting_decision().get() == report
    assert count_late() == 0
    Report.objects.update(made_at=long_ago - timedelta(days=30))
    assert count_late() == 1


def test_count_late_is_what_the_mails_say(waiting, world, moderator):
    Version.objects.filter(pk=world.home.version("submitted").pk).update(submitted_at=SENT + timedelta(days=5))
    for today in all_days(SENT_ON, LEFT + timedelta(days=4)):
        (told,) = who_is_told(today) or (None,)
        late = [due for due in told.cases if due.is_late(today)] if told else []
        assert count_late(today) == len(late)


def test_away_moderators_cases_go_to_the_stand_in(waiting, moderator):
    away, other = factories.UserFactory(moderator=True), factories.UserFactory(moderator=True)
    duty(other, "19")
    duty(moderator, "01")
    duty(away, "17", away=(EVE, EVE), stand_in=other)
    assert told_on(EVE, LATE) == {
        EVE: [other.email],
        LATE: sorted([moderator.email, other.email, away.email]),
    }


def test_when_all_are_away_all_are_told(waiting, moderator):
    duty(moderator, away=(SENT_ON, LEFT))
    assert told_on(LATE) == {LATE: [moderator.email]}


def test_page_says_how_much_is_late(client, waiting, moderator, operator):
    client.force_login(moderator)
    page = client.get("/en/moderation/").content.decode()
    assert "1 case waits longer than we promised" in page
    assert "?late=" in page
    client.force_login(operator)
    assert "1 asia odottaa kauemmin kuin luvattiin" in client.get("/fi/admin/moderation/duty/").content.decode()


def test_regions_of_the_country_are_known(db):
    """The tests above are about North Ostrobothnia and Lapland."""
    assert {region.name_en for region in Region.objects.filter(pk__in=["17", "19"])} == {
        "North Ostrobothnia",
        "Lapland",
    }
