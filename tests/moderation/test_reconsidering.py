"""A decision is reversed only by a new one: what was sent back or rejected can be opened for it again."""

import pytest
from django.urls import reverse
from post_office.models import Email

from listings import actions as listing_actions
from listings.models import Version
from listings.states import WrongState
from moderation import actions
from moderation.models import Decision
from organizations.models import Membership
from portal.models import AuditEvent
from portal.refusals import NotPermitted
from tests import factories

pytestmark = pytest.mark.django_db
State = Version.State


@pytest.fixture
def rejected(submitted, moderator):
    actions.reject(submitted, by=moderator, reasons=["not-political"], message="Puolue.")
    return Version.objects.get(pk=submitted.pk)


@pytest.fixture
def returned(submitted, moderator):
    actions.send_back(submitted, by=moderator, reasons=["no-referral"], message="Kuka saa tulla?")
    return Version.objects.get(pk=submitted.pk)


@pytest.mark.parametrize("kind", ["rejected", "returned"])
def test_version_waits_again_and_is_published_by_a_new_decision(request, kind, moderator, editor):
    version = request.getfixturevalue(kind)
    sent_at = version.submitted_at
    actions.reconsider(version, by=moderator, message="Luin väärin.")
    version.refresh_from_db()
    assert version.state == State.SUBMITTED
    assert version.submitted_at > sent_at
    assert version in Version.objects.awaiting_decision()
    assert AuditEvent.objects.filter(verb="reconsidered", noun_id=version.pk).count() == 1
    mail = Email.objects.order_by("pk").last()
    assert mail.to == [editor.email]
    assert "Luin väärin." in mail.message
    actions.publish(version, by=factories.UserFactory(moderator=True))
    outcomes = list(version.decisions.values_list("outcome", flat=True))
    assert outcomes == ["published", "reconsidered", kind]
    assert version.listing.is_public


def test_what_was_taken_down_by_mistake_comes_back_by_a_new_decision(published, moderator):
    listing_actions.report_listing(
        published.listing, reason="unsuitable", words="Ei sovi.", reader_email="", language="fi", network_address="::1"
    )
    report = published.listing.reports.get()
    decision = actions.take_down_after_report(report, by=moderator, reasons=["not-political"], message="")
    version = Version.objects.get(pk=published.pk)
    assert (decision.outcome, version.listing.is_public) == (Decision.Outcome.TAKEN_DOWN, False)
    actions.reconsider(version, by=moderator, message="Se sopii sittenkin.")
    actions.publish(Version.objects.get(pk=version.pk), by=moderator)
    assert version.listing.is_public


def test_version_that_its_author_has_changed_is_not_opened_again(returned, moderator, editor):
    listing_actions.save_answers(returned, by=editor, answers={"venue": "Nuorisotalo"})
    with pytest.raises(WrongState):
        actions.reconsider(Version.objects.get(pk=returned.pk), by=moderator, message="Luin väärin.")
    assert Version.objects.get(pk=returned.pk).state == State.RETURNED


def test_version_that_was_overtaken_is_not_opened_again(rejected, moderator, editor):
    listing_actions.open_new_version(rejected.listing, by=editor)
    with pytest.raises(WrongState):
        actions.reconsider(rejected, by=moderator, message="Luin väärin.")
    with pytest.raises(WrongState):
        listing_actions.reconsider_version(rejected, by=moderator)


def test_only_moderators_of_others_open_it_again(rejected, editor, stranger, organization):
    own = factories.UserFactory(moderator=True)
    Membership.objects.create(organization=organization, user=own, state="active")
    for person in (editor, stranger, own):
        with pytest.raises(NotPermitted):
            actions.reconsider(rejected, by=person, message="Luin väärin.")


def test_author_is_owed_a_reason_and_a_second_click_is_told(client, rejected, moderator):
    client.force_login(moderator)
    url = reverse("version_reconsider", args=[rejected.pk])
    response = client.post(url, {"message": " "})
    assert response.status_code == 422
    assert response.context["reconsider_form"].errors.keys() == {"message"}
    assert client.post(url, {"message": "Luin väärin."}).status_code == 302
    client.post(url, {"message": "Luin väärin."})
    assert rejected.decisions.filter(outcome="reconsidered").count() == 1


def test_page_offers_it_only_where_it_can_be_done(client, rejected, moderator):
    client.force_login(moderator)
    page = reverse("version_decide", args=[rejected.pk])
    assert reverse("version_reconsider", args=[rejected.pk]) in client.get(page).content.decode()
    other = factories.public_listing().published_version
    page = client.get(reverse("version_decide", args=[other.pk])).content.decode()
    assert "reconsider/" not in page
