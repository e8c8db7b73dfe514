"""What readers report: without an account or a cookie, hard to misuse, answered once, and enough of them hide."""

from datetime import timedelta
from time import time

import pytest
from django.conf import settings as portal_settings
from django.contrib.messages import get_messages
from django.test import override_settings
from django.utils import timezone
from post_office.models import Email

from listings import actions, tasks
from listings.actions.reporting import NotShown, ToldAlready, TooMany
from listings.forgetting import forget_old_reports
from listings.models import Listing, Report
from listings.needs import needs_of
from listings.search import search
from listings.senders import sender_of
from moderation import actions as moderation_actions
from moderation.queue.cases import waiting_cases
from organizations.models import Membership
from organizations.privacy.my_data import data_of
from portal.models import AuditEvent
from portal.open_forms import FASTEST_SECONDS, SLOWEST_SECONDS, form_token
from portal.refusals import AlreadyDecided, NotPermitted
from tests import factories
from tests.guards.world import address, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def listing(published) -> Listing:
    return published.listing


def opened_ago(seconds: float) -> str:
    return form_token(time() - seconds)


def post(listing: Listing, network: str = "192.0.2.1", **changes):
    """What a reader sends from a network."""
    data = {"reason": "over", "words": "The door was closed.", "token": opened_ago(60), **changes}
    return client_of(None).post(address("listing_report", (listing.slug,), "en"), data, REMOTE_ADDR=network)


def report(listing: Listing, reason: str = "over", network: str = "192.0.2.1", **changes) -> Report:
    said = {"words": "", "reader_email": "", "language": "en", **changes}
    return actions.report_listing(listing, reason=reason, network_address=network, **said)


def reports(listing: Listing, reason: str, count: int) -> list[Report]:
    return [report(listing, reason, f"198.51.100.{number}") for number in range(count)]


def mails_to(address: str) -> list[Email]:
    return list(Email.objects.filter(to=address).order_by("pk"))


def is_seen(listing: Listing) -> bool:
    """By readers, on its page and in the search alike."""
    is_found = listing.pk in search(per_page=100).ids
    is_there = client_of(None).get(address("listing_detail", (listing.slug,))).status_code == 200
    assert is_found == is_there == Listing.objects.get(pk=listing.pk).is_public
    return is_found


# The reader's form


def test_reader_reports_without_an_account_or_a_cookie(listing):
    client = client_of(None)
    page = client.get(address("listing_detail", (listing.slug,), "en")).content.decode()
    here = address("listing_report", (listing.slug,), "en")
    assert f'href="{here}"' in page
    form = client.get(here)
    assert not form.cookies
    assert "no-store" in form.headers["Cache-Control"]
    response = post(listing, reader_email="reader@example.org")
    assert (response.status_code, response.headers["Location"]) == (302, address("report_thanks", (), "en"))
    assert not response.cookies
    kept = Report.objects.get()
    assert (kept.reason, kept.words, kept.reader_email) == ("over", "The door was closed.", "reader@example.org")
    assert kept.language == "en"
    assert "192.0.2.1" not in f"{kept.sender} {kept.sender_today} {AuditEvent.objects.values_list('details')}"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"reason": "nonsense"}, "reason"),
        ({"reason": "other", "words": " "}, "words"),
        ({"words": "x" * 1001}, "words"),
        ({"reader_email": "nobody"}, "reader_email"),
    ],
)
def test_mistake_is_told_at_its_field_and_nothing_typed_is_lost(listing, changes, field):
    response = post(listing, **{"words": "Closed since May.", **changes})
    assert response.status_code == 422
    form = response.context["form"]
    assert list(form.errors) == [field]
    if "words" not in changes:
        assert "Closed since May." in response.content.decode()
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("token", "is_kept"),
    [
        (lambda: opened_ago(FASTEST_SECONDS - 1), False),
        (lambda: opened_ago(FASTEST_SECONDS + 1), True),
        (lambda: opened_ago(SLOWEST_SECONDS - 60), True),
        (lambda: opened_ago(SLOWEST_SECONDS + 60), False),
        (lambda: "", False),
        (lambda: f"{time() - 60}:never-signed", False),
    ],
)
def test_form_that_is_sent_too_fast_too_late_or_unasked_is_asked_again(listing, token, is_kept):
    response = post(listing, words="Closed since May.", token=token())
    assert Report.objects.exists() is is_kept
    if not is_kept:
        assert response.status_code == 422
        html = response.content.decode()
        assert "Closed since May." in html
        # The new form can be sent in its turn.
        new = response.context["form"]["token"].value()
        assert new in html
        assert time() - float(new.partition(":")[0]) < FASTEST_SECONDS


def test_program_that_fills_in_everything_is_thanked_and_not_heard(listing):
    assert 'name="extra"' in client_of(None).get(address("listing_report", (listing.slug,))).content.decode()
    response = post(listing, extra="https://spam.example.org")
    assert response.status_code == 302
    assert not Report.objects.exists()


def test_one_network_reports_a_listing_once_a_day(listing):
    assert post(listing).status_code == 302
    again = post(listing, reason="unsuitable", words="And this.")
    assert again.status_code == 422
    html = again.content.decode()
    assert str(ToldAlready.message) in html
    assert "And this." in html
    assert post(listing, network="192.0.2.2").status_code == 302
    assert Report.objects.count() == 2


def test_one_network_reports_so_many_a_day(listing, editor, moderator, settings):
    settings.REPORTS_A_DAY = 2
    other, third = (
        factories.published(
            factories.submitted(factories.draft(listing.organization, by=editor, venue=f"Talo {number}"), by=editor),
            by=moderator,
        ).listing
        for number in range(2)
    )
    assert post(listing).status_code == post(other).status_code == 302
    with pytest.raises(TooMany):
        report(third)
    assert post(third).status_code == 422
    assert post(third, network="203.0.113.9").status_code == 302


def test_sender_is_told_apart_and_not_named():
    today, tomorrow = timezone.localdate(), timezone.localdate() + timedelta(days=1)
    one = sender_of("192.0.2.1", 1, today)
    assert one == sender_of("192.0.2.1", 1, today)
    assert one == sender_of("::ffff:192.0.2.1", 1, today)
    assert one.here == sender_of("192.0.2.1", 1, tomorrow).here
    assert one.here != sender_of("192.0.2.1", 2, today).here
    assert one.today != sender_of("192.0.2.1", 1, tomorrow).today
    assert sender_of("2001:db8::1", 1, today) == sender_of("2001:db8::ffff", 1, today)
    assert sender_of("2001:db8::1", 1, today) != sender_of("2001:db8:0:1::1", 1, today)
    with override_settings(SECRET_KEY="another"):
        assert sender_of("192.0.2.1", 1, today) != one


def test_listing_that_readers_do_not_see_cannot_be_reported(listing, editor, draft):
    actions.withdraw_listing(listing, by=editor)
    assert post(listing).status_code == 404
    assert client_of(None).get(address("listing_report", (listing.slug,))).status_code == 404
    with pytest.raises(NotShown):
        report(listing)


# The organization


def need_texts(user) -> list[str]:
    memberships = list(Membership.objects.filter(user=user).select_related("organization"))
    return [need.url for needs in needs_of(memberships).values() for need in needs]


def test_small_thing_goes_to_the_organization_and_its_answer_to_the_reader(listing, main_user, editor):
    said = report(listing, "wrong_time_or_place", words="It starts at six.", reader_email="reader@example.org")
    here = address("report_answer", (said.pk,), "en")
    for user in (main_user, editor):
        (mail,) = [one for one in mails_to(user.email) if "It starts at six." in one.message]
        assert here in mail.message
        assert "reader@example.org" not in mail.message
    assert any(url.endswith(f"/desk/reports/{said.pk}/") for url in need_texts(editor))
    page = client_of(editor).get(here).content.decode()
    assert "It starts at six." in page
    assert "reader@example.org" not in page
    client = client_of(editor)
    assert client.post(address("report_changed", (said.pk,)), {"reply": "Thanks, at six."}).status_code == 302
    said.refresh_from_db()
    assert (said.outcome, said.reader_email, said.closed_by) == ("changed", "", editor)
    (mail,) = mails_to("reader@example.org")
    assert "Thanks, at six." in mail.message
    assert "The organizer changed it" in mail.message
    assert not any("/desk/reports/" in url for url in need_texts(editor))


def test_organization_is_told_once_while_the_first_waits(listing, main_user):
    before = len(mails_to(main_user.email))
    reports(listing, "wrong_time_or_place", 4)
    assert len(mails_to(main_user.email)) == before + 1


def test_stranger_and_second_answer(listing, editor, stranger):
    said = report(listing, "not_as_said")
    with pytest.raises(NotPermitted):
        actions.answer_report(said, by=stranger, outcome="right")
    actions.answer_report(said, by=editor, outcome="right")
    with pytest.raises(AlreadyDecided):
        actions.answer_report(said, by=editor, outcome="changed")


def test_organization_does_not_answer_what_is_said_against_it(listing, editor, main_user):
    said = report(listing, "unsuitable")
    assert client_of(editor).get(address("report_answer", (said.pk,))).status_code == 404
    with pytest.raises(AlreadyDecided):
        actions.answer_report(said, by=main_user, outcome="right")
    assert not any("/desk/reports/" in url for url in need_texts(editor))


# The moderators


def in_queue() -> list[int]:
    return [case.pk for case in waiting_cases() if case.kind == "report"]


def test_unsuitable_and_unanswered_reports_wait_for_moderators(listing):
    small = report(listing, "wrong_time_or_place")
    assert in_queue() == []
    almost = timezone.now() - timedelta(days=portal_settings.REPORT_ANSWER_DAYS, minutes=-5)
    Report.objects.filter(pk=small.pk).update(made_at=almost)
    assert in_queue() == []
    Report.objects.filter(pk=small.pk).update(made_at=almost - timedelta(minutes=10))
    assert in_queue() == [small.pk]
    report(listing, "unsuitable", "192.0.2.2")
    assert in_queue() == [small.pk], "one case for a listing"


def test_moderator_keeps_a_listing(listing, moderator, main_user):
    said = report(listing, "unsuitable", reader_email="reader@example.org")
    client = client_of(moderator)
    assert "Report from a reader" in client.get(address("moderation_queue", (), "en")).content.decode()
    page = client.get(address("report_decide", (said.pk,), "en"))
    assert page.status_code == 200
    data = {"seen": moderation_actions.seen_of_reports(listing, listing.published_version), "message": "It is fine."}
    assert client.post(address("report_keep", (said.pk,), "en"), data).status_code == 302
    said.refresh_from_db()
    assert (said.outcome, said.closed_by) == ("kept", moderator)
    assert "It is fine." in mails_to("reader@example.org")[0].message
    assert in_queue() == []
    assert is_seen(listing)
    again = client.post(address("report_keep", (said.pk,), "en"), data)
    assert [one.level_tag for one in get_messages(again.wsgi_request)][-1] == "warning"


def test_moderator_takes_a_listing_down_and_all_that_was_said_is_answered(listing, moderator, editor):
    report(listing, "wrong_time_or_place", reader_email="first@example.org")
    said = report(listing, "unsuitable", "192.0.2.2", reader_email="second@example.org")
    with pytest.raises(moderation_actions.ReasonMissing):
        moderation_actions.take_down_after_report(said, by=moderator, reasons=[], message=" ")
    moderation_actions.take_down_after_report(said, by=moderator, reasons=["non-commercial"], message="")
    assert not is_seen(listing)
    assert set(Report.objects.values_list("outcome", "reader_email")) == {("taken_down", "")}
    assert len(mails_to("first@example.org")) == len(mails_to("second@example.org")) == 1
    assert any("no longer see it" in one.message for one in mails_to(editor.email))


def test_moderator_does_not_decide_about_their_own_organization_or_an_older_sight(listing, moderator):
    own = factories.UserFactory(moderator=True)
    factories.MembershipFactory(organization=listing.organization, user=own)
    said = report(listing, "unsuitable")
    with pytest.raises(NotPermitted):
        moderation_actions.keep_after_report(said, by=own)
    seen = moderation_actions.seen_of_reports(listing, listing.published_version)
    report(listing, "unsuitable", "192.0.2.2")
    with pytest.raises(AlreadyDecided):
        moderation_actions.keep_after_report(said, by=moderator, seen=seen)


# Enough of them


@pytest.mark.parametrize("reason", ["over", "unsuitable"])
def test_enough_independent_reports_hide_until_checked_and_never_twice(listing, moderator, main_user, reason):
    reports(listing, reason, portal_settings.REPORTS_THAT_HIDE - 1)
    assert is_seen(listing)
    last = report(listing, reason, "203.0.113.1")
    assert not is_seen(listing)
    listing.refresh_from_db()
    assert listing.hidden_for == reason
    assert any("Several readers reported" in one.message for one in mails_to(main_user.email))
    assert any("Several readers reported" in one.message for one in mails_to(moderator.email))
    assert len(in_queue()) == 1
    moderation_actions.keep_after_report(last, by=moderator, message="I have looked.")
    assert is_seen(listing)
    assert any("I have looked." in one.message for one in mails_to(main_user.email))
    report(listing, reason, "203.0.113.2")
    assert is_seen(listing), "the old reports do not count once more"


def test_same_network_counts_once_on_whatever_day(listing):
    for day in range(portal_settings.REPORTS_THAT_HIDE + 1):
        said = report(listing, "unsuitable")
        earlier = timezone.now() - timedelta(days=day + 1)
        Report.objects.filter(pk=said.pk).update(made_at=earlier, sender_today=f"{day}")
    assert is_seen(listing)


def test_small_mistakes_and_a_setting_of_zero_hide_nothing(listing, settings):
    settings.REPORTS_A_DAY = 100
    reports(listing, "wrong_time_or_place", 9)
    settings.REPORTS_THAT_HIDE = 0
    for number in range(9):
        report(listing, "over", f"203.0.113.{number}")
    assert is_seen(listing)


def confirm(listing, said, user):
    actions.confirm_listing(listing, by=user)


def answer(listing, said, user):
    actions.answer_report(said, by=user, outcome="right")


@pytest.mark.parametrize("check", [confirm, answer])
def test_organization_brings_back_what_is_said_to_be_over(listing, editor, check):
    said = reports(listing, "over", portal_settings.REPORTS_THAT_HIDE)[0]
    assert not is_seen(listing)
    check(listing, said, editor)
    assert is_seen(listing)
    assert set(Report.objects.values_list("outcome", flat=True)) == {"right"}


def test_organization_cannot_bring_back_what_is_said_to_be_unsuitable(listing, editor):
    reports(listing, "unsuitable", portal_settings.REPORTS_THAT_HIDE)
    actions.confirm_listing(listing, by=editor)
    version = actions.open_new_version(listing, by=editor)
    actions.save_answers(version, by=editor, answers={"venue": "Nuorisotalo"})
    actions.submit_version(listing.versions.get(pk=version.pk), by=editor)
    assert listing.published_version.venue == "Nuorisotalo"
    assert not is_seen(listing)
    assert len(in_queue()) == 1


def test_taking_a_listing_away_answers_that_it_is_over(listing, editor):
    report(listing, reader_email="reader@example.org")
    actions.withdraw_listing(listing, by=editor)
    assert Report.objects.get().outcome == "changed"
    assert len(mails_to("reader@example.org")) == 1


# How long


def test_old_reports_are_emptied_and_todays_mark_goes_first(listing, editor):
    said = report(listing, words="Call Anna.", reader_email="reader@example.org")
    period = timedelta(days=portal_settings.KEPT_DAYS["report"])
    forget_old_reports(said.made_at + timedelta(days=3))
    said.refresh_from_db()
    assert (said.sender_today, bool(said.sender), said.words) == ("", True, "Call Anna.")
    assert forget_old_reports(said.made_at + period - timedelta(days=1)) == 0
    assert forget_old_reports(said.made_at + period + timedelta(days=1)) == 1
    said.refresh_from_db()
    assert (said.words, said.reader_email, said.sender, said.reason) == ("", "", "", "over")
    assert mails_to("reader@example.org") == []
    scheduled = {one["task"] for one in portal_settings.CELERY_BEAT_SCHEDULE.values()}
    assert tasks.forget_old_reports.name in scheduled


def test_who_answers_is_not_handed_the_readers_marks(listing, editor):
    actions.answer_report(report(listing), by=editor, outcome="right")
    row = Report.objects.get()
    (mine,) = data_of(editor)["data"]["listings.Report"]["rows"]
    assert mine["closed_by"] == "you"
    assert row.sender
    assert row.sender not in str(mine)
