"""Sent back and sent again: what the author sees beside the answers, what they answer, and what the moderator sees."""

from datetime import timedelta
from typing import cast

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from post_office.models import Email

from listings import actions
from listings.models import Remark, Version
from listings.returned import sent_back
from listings.snapshots import as_it_was, changed_since, snapshot_of
from moderation import actions as decisions
from moderation.judging.since_returned import since_returned
from moderation.models import Decision, Hold
from moderation.queue.returned_by import come_again_to, moderator_of, with_a_message
from organizations.models import Organization, User
from tests import factories
from tests.bending import unguarded

pytestmark = pytest.mark.django_db

NOTE = "Kirjoita, mitä ihmiset tekevät ensin."


@pytest.fixture
def organization() -> Organization:
    return cast(Organization, factories.OrganizationFactory(active=True))


@pytest.fixture
def editor(organization) -> User:
    return factories.MembershipFactory(organization=organization).user


@pytest.fixture
def moderator() -> User:
    return cast(User, factories.UserFactory(moderator=True, name="Tarja Tarkastaja"))


@pytest.fixture
def returned(organization, editor, moderator) -> Version:
    version = factories.submitted(factories.draft(organization, by=editor), by=editor)
    decisions.send_back(version, by=moderator, reasons=["no-referral"], message="Hyvä alku.")
    # As if the moderator had written it beside the answer.
    with unguarded():
        Decision.objects.filter(version=version).update(notes={"description": NOTE, "venue": "Mikä ovi?"})
    return Version.objects.get(pk=version.pk)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def at_step(user: User, version: Version, code: str) -> str:
    return client_of(user).get(reverse("listing_step", args=[version.listing_id, code])).content.decode()


def change(version: Version, editor: User, **answers: object) -> Version:
    return actions.save_answers(version, by=editor, answers=answers)


# The author


def test_note_stands_at_its_field_and_knows_when_the_answer_is_changed(returned, editor):
    before = at_step(editor, returned, "what")
    assert NOTE in before
    assert _("You have changed this since.") not in before
    assert NOTE not in at_step(editor, returned, "contact")
    change(returned, editor, description={"fi": "Keitämme kahvia.", "en": "We make coffee."})
    after = at_step(editor, returned, "what")
    assert NOTE in after
    assert _("You have changed this since.") in after
    assert _("You have changed this since.") not in at_step(editor, returned, "when-and-where")


def test_preview_lists_everything_with_the_way_to_each_field(returned, editor):
    page = at_step(editor, returned, "preview")
    for code, field in (("what", "description_fi"), ("when-and-where", "venue"), ("guide", "participation_0")):
        assert f"step/{code}/#id_{field}" in page
    assert page.count(NOTE) == 1
    assert page.index(NOTE) < page.index("as-read")


def test_nothing_is_asked_of_who_was_not_sent_back(organization, editor):
    version = factories.draft(organization, by=editor)
    assert sent_back(version) is None
    assert 'name="answer"' not in at_step(editor, version, "preview")


def test_answer_goes_with_the_listing_and_the_moderator_gets_it_back(returned, editor, moderator):
    change(returned, editor, description={"fi": "Keitämme kahvia ja juttelemme.", "en": "We drink coffee and talk."})
    before = Email.objects.count()
    url = reverse("listing_submit", args=[returned.listing_id])
    client = client_of(editor)
    assert client.post(url, {"answer": "Tarkensin kuvausta."}).status_code == 302
    assert client.post(url, {"answer": "Tarkensin kuvausta."}).status_code == 302
    assert [one.text for one in Remark.objects.all()] == ["Tarkensin kuvausta."]
    assert addresses_of_new_mails(before) == [moderator.email]
    assert "Tarkensin kuvausta." in Email.objects.latest("pk").message
    page = client_of(moderator).get(reverse("version_decide", args=[returned.pk])).content.decode()
    assert "Tarkensin kuvausta." in page
    assert "<del>Juomme </del>" in page
    assert "<ins>Keitämme </ins>" in page
    assert moderator_of([returned.pk]) == {returned.pk: moderator.pk}
    assert come_again_to(moderator) == [returned.pk]
    assert come_again_to(factories.UserFactory(moderator=True)) == []


def test_too_long_answer_stays_on_the_page_and_nothing_is_sent(returned, editor):
    url = reverse("listing_submit", args=[returned.listing_id])
    response = client_of(editor).post(url, {"answer": "Muutin. " * 400})
    assert response.status_code == 422
    assert "Muutin. Muutin." in response.content.decode()
    returned.refresh_from_db()
    assert returned.state == Version.State.RETURNED


def test_answer_is_not_lost_when_the_explanation_is_saved(organization, editor, moderator):
    version = factories.draft(organization, by=editor, price_kind="fee", fee_amount=90, fee_purpose="materials")
    version = factories.submitted(version, by=editor)
    decisions.send_back(version, by=moderator, reasons=["non-commercial"], message="")
    data = {"answer": "Hinta on oikea.", "explain_non-commercial": "Kanootin vuokra."}
    response = client_of(editor).post(reverse("listing_explain", args=[version.listing_id]), data)
    assert response.status_code == 200
    assert "Hinta on oikea." in response.content.decode()
    version.refresh_from_db()
    assert version.explanations == {"non-commercial": "Kanootin vuokra."}


# What was sent back


def test_every_answer_that_is_changed_is_seen_and_no_other(organization, editor):
    version = factories.draft(organization, by=editor, price_kind="fee", fee_amount=5, fee_purpose="materials")
    snapshot = snapshot_of(version)
    assert changed_since(version, snapshot) == set()
    other = {
        "title": {"fi": "Toinen"},
        "fee_amount": 6,
        "forms": ["sports", "language_club"],
        "municipalities": ["091"],
        "starts": timezone.datetime(2026, 1, 1, 18).time(),
        "last_date": timezone.localdate() + timedelta(days=30),
        "weekdays": ["tue"],
        "contact_email": "toinen@example.org",
        "accessible": False,
    }
    version = change(version, editor, **other)
    assert changed_since(version, snapshot) == set(other)
    then = as_it_was(version, snapshot)
    assert then.texts("title")["fi"] == "Kielikahvila kirjastossa"
    assert [row.pk for row in then.municipalities.all()] == ["564"]
    assert [row.form.pk for row in then.form_rows.all()] == ["language_club"]
    assert (then.fee_amount, then.starts.hour, then.weekdays) == (5, 17, ["mon"])
    assert version.texts("title") == {"fi": "Toinen"}
    assert [row.pk for row in version.municipalities.all()] == ["091"]


def test_nobodys_address_is_kept_with_a_decision(returned):
    kept = str(returned.decisions.get().snapshot)
    assert "Kielikahvila" in kept
    assert "ohjaaja@example.org" not in kept
    assert "Ohjaaja" not in kept


def test_moderator_is_told_that_nothing_was_changed(returned, editor):
    version = factories.submitted(returned, by=editor)
    since = since_returned(Version.objects.get(pk=version.pk))
    assert since is not None
    assert not since.is_changed
    assert [(one.text or one.rule.code, one.is_changed) for _label, one in since.asked] == [
        (NOTE, False),
        ("Mikä ovi?", False),
        ("no-referral", False),
    ]


# The talk


@pytest.fixture
def waiting(organization, editor) -> Version:
    return factories.submitted(factories.draft(organization, by=editor), by=editor)


def write(user: User, version: Version, text: str = "Voiko tulla kesken?") -> int:
    is_moderator = user.is_moderator
    name, pk = ("version_remark", version.pk) if is_moderator else ("listing_remark", version.listing_id)
    return client_of(user).post(reverse(name, args=[pk]), {"remark": text}).status_code


def addresses_of_new_mails(before: int) -> list[str]:
    return sorted(address for mail in Email.objects.order_by("pk")[before:] for address in mail.to)


def test_each_side_hears_of_the_other_and_nobody_else_sees_it(waiting, editor, moderator):
    main_user = factories.MembershipFactory(organization=waiting.listing.organization, main_user=True).user
    stranger = factories.MembershipFactory(main_user=True).user
    before = Email.objects.count()
    assert write(editor, waiting) == 302
    assert addresses_of_new_mails(before) == []  # it stands in the queue, where nobody has it in hand
    assert write(moderator, waiting, "Voi tulla.") == 302
    assert addresses_of_new_mails(before) == sorted([editor.email, main_user.email])
    before = Email.objects.count()
    assert write(main_user, waiting, "Kiitos.") == 302
    assert addresses_of_new_mails(before) == [moderator.email]
    assert f"/moderation/versions/{waiting.pk}/" in Email.objects.latest("pk").message
    assert [(one.text, one.is_from_moderator) for one in waiting.remarks.all()] == [
        ("Voiko tulla kesken?", False),
        ("Voi tulla.", True),
        ("Kiitos.", False),
    ]
    page = client_of(main_user).get(reverse("listing_manage", args=[waiting.listing_id])).content.decode()
    assert "Voi tulla." in page
    assert "Tarja" not in page
    assert "Voiko tulla" in client_of(moderator).get(reverse("version_decide", args=[waiting.pk])).content.decode()
    assert client_of(stranger).get(reverse("listing_manage", args=[waiting.listing_id])).status_code == 404
    assert write(stranger, waiting) == 404


def test_whoever_has_it_in_hand_is_told_first(returned, editor, moderator):
    version = factories.submitted(returned, by=editor)
    other = factories.UserFactory(moderator=True)
    Hold.objects.create(
        kind="version", case_id=version.pk, moderator=other, until=timezone.now() + timedelta(minutes=9)
    )
    before = Email.objects.count()
    write(editor, version)
    assert addresses_of_new_mails(before) == [other.email]
    Hold.objects.update(until=timezone.now() - timedelta(minutes=1))
    write(editor, version, "Vielä yksi asia.")
    assert addresses_of_new_mails(before) == sorted([other.email, moderator.email])


def test_message_after_the_decision_reaches_all_when_its_moderator_is_gone(waiting, editor, moderator):
    factories.published(waiting, by=moderator)
    User.objects.filter(pk=moderator.pk).update(is_moderator=False)
    others = [factories.UserFactory(moderator=True) for _number in range(2)]
    before = Email.objects.count()
    write(editor, waiting)
    assert addresses_of_new_mails(before) == sorted(one.email for one in others)


def test_second_click_writes_once(waiting, editor):
    assert [write(editor, waiting), write(editor, waiting)] == [302, 302]
    assert waiting.remarks.count() == 1


def test_nobody_writes_too_much(waiting, editor, settings):
    settings.REMARKS_AN_HOUR = 2
    for number in range(4):
        write(editor, waiting, f"Kysymys {number}")
    assert waiting.remarks.count() == 2
    Remark.objects.update(at=timezone.now() - timedelta(minutes=61))
    write(editor, waiting, "Kysymys tunnin päästä")
    assert waiting.remarks.count() == 3


def test_empty_message_is_told_at_its_field(waiting, editor, moderator):
    assert [write(editor, waiting, "  "), write(moderator, waiting, "")] == [422, 422]
    assert write(editor, waiting, "x" * (Remark.LONGEST + 1)) == 422


def test_moderator_does_not_write_to_their_own_organization(waiting, organization, moderator):
    factories.MembershipFactory(organization=organization, user=moderator)
    assert write(moderator, waiting) == 302
    assert not waiting.remarks.exists()


@pytest.mark.parametrize(("days", "is_open"), [(29, True), (31, False)])
def test_talk_ends_a_month_after_the_decision(waiting, editor, moderator, days, is_open):
    factories.published(waiting, by=moderator)
    Version.objects.update(changed_at=timezone.now() - timedelta(days=days))
    page = client_of(editor).get(reverse("listing_manage", args=[waiting.listing_id])).content.decode()
    assert ('name="remark"' in page) == is_open
    write(editor, waiting)
    assert waiting.remarks.exists() == is_open


def test_nobody_writes_about_what_was_never_sent(organization, editor, moderator):
    version = factories.draft(organization, by=editor)
    assert write(editor, version) == 302
    assert write(moderator, version) == 302
    assert not Remark.objects.exists()


def test_queue_knows_where_the_organization_has_the_last_word(waiting, editor, moderator):
    assert with_a_message([waiting.pk]) == set()
    write(editor, waiting)
    assert with_a_message([waiting.pk]) == {waiting.pk}
    write(moderator, waiting, "Voi.")
    assert with_a_message([waiting.pk]) == set()


# The queue


def test_who_sent_it_back_sees_it_on_top_and_takes_it_first(returned, organization, editor, moderator):
    older = factories.submitted(factories.draft(organization, by=editor, venue="Toinen talo"), by=editor)
    Version.objects.filter(pk=older.pk).update(submitted_at=timezone.now() - timedelta(days=2))
    factories.submitted(returned, by=editor)
    other = factories.UserFactory(moderator=True)
    queue = reverse("moderation_queue")
    theirs, others = (client_of(user).get(queue).content.decode() for user in (moderator, other))
    assert 'id="come-again"' in theirs
    assert _("You sent this back") in theirs
    assert 'id="come-again"' not in others
    assert _("You sent this back") not in others
    assert _("Sent back before") in others
    for user, version in ((moderator, returned), (other, older)):
        taken = client_of(user).post(reverse("case_take_next"))
        assert taken.url.partition("?")[0] == reverse("version_decide", args=[version.pk])
