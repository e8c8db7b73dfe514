"""Listings that stay true: reminders before they run out, the link that confirms, meetings that do not take place."""

import re
from datetime import date, timedelta

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from post_office.models import Email

from listings import actions
from listings.actions.reminding import DAYS_BEFORE, remind_of_all_confirming
from listings.cards import cards_of
from listings.confirming import ConfirmationLink, link_with
from listings.feeds.calendars import calendar_of
from listings.feeds.following import listing_followed, public_versions
from listings.models import Listing, Session, Version
from listings.public_holidays import holidays_met
from listings.schedule import WEEKDAYS
from organizations.models import Membership, Organization, User
from portal.models import AuditEvent
from portal.refusals import AlreadyDecided, NotPermitted, Refused
from tests import factories
from tests.listings.test_concurrency import at_once, refused

pytestmark = pytest.mark.django_db
TITLE = "Language café in the library"


@pytest.fixture
def endless(organization, main_user, editor, moderator):
    """A public listing that only its confirmation keeps."""
    version = factories.submitted(factories.draft(organization, by=editor, last_date=None), by=editor)
    return factories.published(version, by=moderator).listing


def told_after(days: int) -> list[str]:
    """To whom the run on this day writes."""
    before = Email.objects.count()
    remind_of_all_confirming(timezone.localdate() + timedelta(days=days))
    return sorted(address for mail in Email.objects.order_by("pk")[before:] for address in mail.to)


# Reminders


def test_main_users_and_author_are_reminded_three_times(endless, main_user, editor, settings):
    runs_out = settings.LISTING_CONFIRMATION_DAYS
    told = {left: told_after(runs_out - left) for left in range(40, -3, -1)}
    people = sorted([main_user.email, editor.email])
    assert {left: to for left, to in told.items() if to} == dict.fromkeys(DAYS_BEFORE, people)
    events = AuditEvent.objects.filter(verb="reminded", noun="listing")
    assert sorted(event.details["number"] for event in events) == [1, 2, 3]


def test_days_without_a_worker_are_made_up_for_with_one_mail(endless, settings):
    runs_out = settings.LISTING_CONFIRMATION_DAYS
    assert [len(told_after(runs_out - left)) for left in (10, 9, 3, 2)] == [2, 0, 2, 0]


def test_confirmed_listing_is_reminded_of_anew(endless, editor, settings):
    soon = settings.LISTING_CONFIRMATION_DAYS - 20
    assert told_after(soon)
    Listing.objects.update(confirmed_on=timezone.localdate() - timedelta(days=soon))
    actions.confirm_listing(endless, by=editor)
    assert told_after(20) == []
    assert len(told_after(soon)) == 2


def test_each_person_gets_one_mail_about_all_that_is_due(endless, organization, main_user, editor, settings):
    colleague = factories.MembershipFactory(organization=organization).user
    version = factories.draft(organization, by=colleague, last_date=None, title={"en": "Choir"})
    factories.published(factories.submitted(version, by=colleague), by=factories.UserFactory(moderator=True))
    assert told_after(settings.LISTING_CONFIRMATION_DAYS - 30) == sorted(
        [main_user.email, editor.email, colleague.email]
    )
    texts = {mail.to[0]: mail.message for mail in Email.objects.filter(subject__startswith="Are the details")}
    assert {who: (TITLE in text, "Choir" in text) for who, text in texts.items()} == {
        main_user.email: (True, True),
        editor.email: (True, False),
        colleague.email: (False, True),
    }


def test_reminder_is_in_the_language_of_its_reader(endless, main_user, editor, settings):
    User.objects.filter(pk=main_user.pk).update(preferred_language="fi")
    told_after(settings.LISTING_CONFIRMATION_DAYS - 3)
    finnish = next(mail for mail in Email.objects.all() if main_user.email in mail.to)
    assert "Kielikahvila kirjastossa" in finnish.message
    assert "/fi/confirm/" in finnish.message
    assert TITLE in next(mail for mail in Email.objects.order_by("-pk") if editor.email in mail.to).message


def test_author_who_has_left_is_not_reminded(endless, main_user, editor, settings):
    Membership.objects.filter(user=editor).update(state=Membership.State.REMOVED)
    assert told_after(settings.LISTING_CONFIRMATION_DAYS - 30) == [main_user.email]


@pytest.mark.parametrize("way", ["withdrawn", "ends before", "suspended"])
def test_listing_that_does_not_run_out_for_want_of_a_word_is_left_alone(endless, editor, settings, way):
    if way == "withdrawn":
        actions.withdraw_listing(endless, by=editor)
    elif way == "ends before":
        Listing.objects.update(last_session_on=timezone.localdate() + timedelta(days=170))
    else:
        Organization.objects.update(state=Organization.State.SUSPENDED)
    assert told_after(settings.LISTING_CONFIRMATION_DAYS - 14) == []


# The link


@pytest.fixture
def running_out(endless, settings):
    """Ten days are left."""
    Listing.objects.update(confirmed_on=timezone.localdate() - timedelta(days=settings.LISTING_CONFIRMATION_DAYS - 10))
    endless.refresh_from_db()
    return endless


@pytest.fixture
def path(running_out, editor):
    """The address in the mail to the editor."""
    remind_of_all_confirming()
    mail = next(mail for mail in Email.objects.order_by("-pk") if editor.email in mail.to)
    found = re.search(r"https?://[^/]+(/en/confirm/\S+/)", mail.message)
    assert found is not None
    return found[1]


def test_link_shows_the_details_and_confirms_nothing_by_itself(running_out, path):
    before = running_out.confirmed_on
    client = Client(enforce_csrf_checks=True)
    page = client.get(path)
    assert page.status_code == 200
    assert TITLE in page.content.decode()
    assert "Pääkirjasto" in page.content.decode()
    assert client.head(path).status_code == 200
    assert Listing.objects.get().confirmed_on == before


def test_link_confirms_with_one_click_without_signing_in(path, editor):
    client = Client(enforce_csrf_checks=True)
    response = client.post(path)
    assert response.status_code == 302
    assert not response.cookies
    assert Listing.objects.get().confirmed_on == timezone.localdate()
    event = AuditEvent.objects.get(verb="confirmed")
    assert (event.actor_id, event.details) == (editor.pk, {"by_link": True})
    # A second click, and the mail opened once more
    for response in (client.post(path, follow=True), client.get(path)):
        assert response.status_code == 200
        assert "<h1>The details are confirmed</h1>" in response.content.decode()
    assert AuditEvent.objects.filter(verb="confirmed").count() == 1


def test_link_brings_back_what_has_run_out_a_short_time_ago(running_out, path):
    later = running_out.runs_out_on + timedelta(days=5)
    shift = later - timezone.localdate()
    confirmed_on = running_out.confirmed_on - shift
    Listing.objects.update(confirmed_on=confirmed_on)
    link = link_with(path.split("/")[3])
    moved = ConfirmationLink(Listing.objects.get(), link.recipient, link.version, confirmed_on)
    assert not running_out.is_public
    assert Client().post(reverse("listing_confirm_by_link", args=[moved.key])).status_code == 302
    assert running_out.is_public


def _leave(listing: Listing, editor: User) -> None:
    Membership.objects.filter(user=editor).update(state=Membership.State.REMOVED)


def _close_account(listing: Listing, editor: User) -> None:
    User.objects.filter(pk=editor.pk).update(is_active=False)


def _suspend(listing: Listing, editor: User) -> None:
    Organization.objects.update(state=Organization.State.SUSPENDED)


def _withdraw(listing: Listing, editor: User) -> None:
    actions.withdraw_listing(listing, by=editor)


def _change(listing: Listing, editor: User) -> None:
    version = actions.open_new_version(listing, by=editor)
    actions.save_answers(version, by=editor, answers={"venue": "Nuorisotalo"})
    actions.submit_version(Version.objects.get(pk=version.pk), by=editor)


def _end(listing: Listing, editor: User) -> None:
    Listing.objects.update(last_session_on=timezone.localdate() - timedelta(days=1))


@pytest.mark.parametrize(
    ("happens", "words", "shows_title"),
    [
        (_leave, "You no longer write for this organization", False),
        (_close_account, "account to which the mail was sent is closed", False),
        (_suspend, "Moderators have hidden the organization", False),
        (_withdraw, "taken away from readers", True),
        (_change, "has been changed since", True),
        (_end, "All days are over", True),
    ],
)
def test_link_confirms_nothing_where_its_mail_is_no_longer_true(running_out, path, editor, happens, words, shows_title):
    happens(running_out, editor)
    before = Listing.objects.get().confirmed_on
    response = Client().post(path, follow=True)
    assert response.status_code == 410
    html = response.content.decode()
    assert words in html
    assert (TITLE in html) == shows_title
    assert Listing.objects.get().confirmed_on == before
    assert not AuditEvent.objects.filter(verb="confirmed").exists()


def test_link_is_worth_nothing_a_month_after_the_listing_has_run_out(running_out, editor, settings):
    long_ago = timezone.localdate() - timedelta(days=settings.LISTING_CONFIRMATION_DAYS + 31)
    Listing.objects.update(confirmed_on=long_ago)
    key = ConfirmationLink(running_out, editor, running_out.published_version.pk, long_ago).key
    with override("en"):
        response = Client().post(reverse("listing_confirm_by_link", args=[key]), follow=True)
    assert response.status_code == 410
    assert "The link is too old" in response.content.decode()


def test_key_that_is_not_ours_opens_nothing(running_out, path, editor):
    key = path.split("/")[3]
    said = [running_out.pk, editor.pk, running_out.published_version.pk, running_out.confirmed_on.isoformat()]
    for wrong in (key[:-1], key.swapcase(), signing.dumps(said, salt="another"), signing.dumps(said)):
        assert Client().post(path.replace(key, wrong)).status_code == 404
    assert AuditEvent.objects.filter(verb="confirmed").count() == 0


# Meetings that are cancelled


def test_cancelled_meeting_is_struck_through_until_it_takes_place_after_all(endless, editor):
    client = Client()
    client.force_login(editor)
    session = endless.sessions.upcoming(timezone.localdate()).first()
    page = reverse("listing_detail", args=[endless.slug])
    client.post(reverse("session_cancel", args=[session.pk]))
    assert "<s>" in Client().get(page).content.decode()
    (version,) = public_versions([endless.pk])
    assert version.next_on == session.on + timedelta(days=7)
    assert b"STATUS:CANCELLED" in calendar_of(listing_followed(version), [version])
    with pytest.raises(AlreadyDecided):
        actions.cancel_session(session, by=editor)
    client.post(reverse("session_restore", args=[session.pk]))
    assert "<s>" not in Client().get(page).content.decode()


def test_past_meeting_and_anothers_meeting_cannot_be_cancelled(endless, editor, stranger):
    past = Session.objects.create(listing=endless, on=timezone.localdate() - timedelta(days=1), weekday="mon")
    with pytest.raises(AlreadyDecided):
        actions.cancel_session(past, by=editor)
    with pytest.raises(NotPermitted):
        actions.cancel_session(endless.sessions.last(), by=stranger)


# A break


def test_break_shows_and_ends_by_itself(endless, editor):
    until = timezone.localdate() + timedelta(days=60)
    assert "On a break" not in cards_of([endless.pk])[0]
    actions.pause_listing(endless, by=editor, until=until)
    endless.refresh_from_db()
    assert endless.is_public
    assert endless.sessions.upcoming(timezone.localdate()).first().on >= until
    with override("en"):
        page = Client().get(endless.get_absolute_url()).content.decode()
        assert "On a break until" in page
        assert "On a break until" in cards_of([endless.pk])[0]
    (version,) = public_versions([endless.pk])
    calendar = calendar_of(listing_followed(version), [version]).decode()
    assert f"DTSTART;TZID=Europe/Helsinki:{version.next_on:%Y%m%d}" in calendar
    # The day has come: nobody has to do anything.
    Listing.objects.update(paused_until=timezone.localdate())
    assert Listing.objects.get().break_until is None
    assert "On a break" not in cards_of([endless.pk])[0]


def test_ended_break_brings_the_meetings_back(endless, editor):
    first = endless.sessions.upcoming(timezone.localdate()).first().on
    actions.pause_listing(endless, by=editor, until=timezone.localdate() + timedelta(days=60))
    assert endless.sessions.upcoming(timezone.localdate()).first().on != first
    actions.end_break(endless, by=editor)
    assert endless.sessions.upcoming(timezone.localdate()).first().on == first
    with pytest.raises(AlreadyDecided):
        actions.end_break(endless, by=editor)


@pytest.mark.parametrize("typed", ["", "joskus", "1.1.2020", "31.12.9999"])
def test_break_with_a_wrong_day_is_asked_for_again(endless, editor, typed):
    client = Client()
    client.force_login(editor)
    response = client.post(reverse("listing_pause", args=[endless.pk]), {"until": typed})
    assert response.status_code == 422
    assert f'value="{typed}"' in response.content.decode() or not typed
    assert Listing.objects.get().paused_until is None


def test_break_that_the_last_meeting_comes_before_is_refused(published, editor):
    with pytest.raises(Refused):
        actions.pause_listing(published.listing, by=editor, until=timezone.localdate() + timedelta(days=200))


# Public holidays


def test_holidays_are_proposed_and_left_out_with_one_press(endless, organization, editor, moderator):
    version = factories.draft(organization, by=editor, weekdays=list(WEEKDAYS), last_date=None, venue="Talo")
    client = Client()
    client.force_login(editor)
    here = reverse("listing_step", args=[version.listing_id, "when-and-where"])
    page = client.get(here).content.decode()
    proposed = re.search(r'name="leave_out" value="([^"]+)"', page)
    assert proposed is not None
    days = proposed[1].split(",")
    assert any(day.endswith("-12-24") for day in days)
    typed = {"weekdays": WEEKDAYS, "starts": "17.00", "ends": "18.30", "location_mode": "onsite"}
    typed |= {"municipalities": "Oulu", "venue": "Talo"}
    response = client.post(here, {**typed, "leave_out": proposed[1]})
    assert (response.status_code, response.headers["Location"]) == (302, here)
    version.refresh_from_db()
    assert version.exceptions == days
    assert 'name="leave_out"' not in client.get(here).content.decode()
    listing = factories.published(factories.submitted(version, by=editor), by=moderator).listing
    assert not listing.sessions.filter(on__in=days).exists()
    (public,) = public_versions([listing.pk])
    assert calendar_of(listing_followed(public), [public]).count(b"EXDATE") >= 1


def test_only_the_holidays_of_the_weekdays_are_proposed():
    answers = {"schedule_kind": "weekly", "weekdays": ["fri"], "first_date": None, "last_date": None, "exceptions": []}
    with override("fi"):
        met = holidays_met(answers).met
    assert met
    assert {holiday.on.weekday() for holiday in met} == {4}
    assert "Pitkäperjantai" in {holiday.name for holiday in met}
    assert holidays_met({**answers, "schedule_kind": "dates"}).met == ()
    assert holidays_met({**answers, "first_date": date.max}).met == ()


# Two at once


@pytest.mark.concurrency
@pytest.mark.usefixtures("need_postgresql", "committed_db")
def test_link_pressed_twice_at_once_confirms_once(running_out, editor):
    published = running_out.published_version
    links = [
        ConfirmationLink(Listing.objects.get(), editor, published.pk, running_out.confirmed_on) for _number in range(2)
    ]
    results = at_once(*(lambda link=link: actions.confirm_listing_by_link(link) for link in links))
    assert len(refused(results)) == 1
    assert AuditEvent.objects.filter(verb="confirmed").count() == 1


@pytest.mark.concurrency
@pytest.mark.usefixtures("need_postgresql", "committed_db")
def test_two_workers_remind_once(endless, settings):
    later = timezone.localdate() + timedelta(days=settings.LISTING_CONFIRMATION_DAYS - 3)
    before = Email.objects.count()
    results = at_once(*[lambda: remind_of_all_confirming(later)] * 2)
    assert sorted(results) == [0, 1]
    assert Email.objects.count() - before == 2
