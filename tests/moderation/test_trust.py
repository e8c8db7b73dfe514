"""Organizations that have earned it publish at once; some of what nobody decided on is looked at afterwards."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from post_office.models import Email

from listings import actions as listing_actions
from listings.activity_log import happenings, told_of
from listings.models import Listing, Version
from moderation import actions
from moderation.actions.sampling import is_drawn
from moderation.models import Decision, Recheck
from moderation.trust import is_trusted, record_of, trust_in_words
from organizations.models import Organization
from portal.models import AuditEvent
from portal.refusals import AlreadyDecided, NotPermitted
from tests import factories
from tests.bending import unguarded

pytestmark = pytest.mark.django_db

WHY = "Ilmoitukset ovat olleet kunnossa."
A_FINDING = {"price_kind": "fee", "fee_amount": 90, "fee_purpose": "materials"}


@pytest.fixture(autouse=True)
def two_are_enough(settings):
    settings.TRUST_PUBLISHED, settings.TRUST_CLEAN_DAYS, settings.SAMPLE_PERCENT = 2, 365, 0


def send(organization, editor, **changes):
    version = factories.draft(organization, by=editor, venue=f"Talo {Version.objects.count()}", **changes)
    return listing_actions.submit_version(version, by=editor)


@pytest.fixture
def trusted(organization, editor, moderator):
    for _number in range(2):
        factories.published(send(organization, editor), by=moderator)
    assert is_trusted(organization)
    return organization


def move_place(listing, editor):
    version = listing_actions.open_new_version(listing, by=editor)
    listing_actions.save_answers(version, by=editor, answers={"venue": f"Talo {version.pk}"})
    return listing_actions.submit_version(Version.objects.get(pk=version.pk), by=editor)


def test_enough_published_listings_and_none_refused_is_trust(organization, editor, moderator):
    listing = factories.published(send(organization, editor), by=moderator).listing
    # Two decisions on one listing are one listing.
    again = listing_actions.open_new_version(listing, by=editor)
    listing_actions.save_answers(again, by=editor, answers={"title": {"fi": "Toinen nimi"}})
    again = factories.submitted(Version.objects.get(pk=again.pk), by=editor)
    actions.publish(again, by=moderator)
    assert (record_of(organization).published, is_trusted(organization)) == (1, False)
    waiting = send(organization, editor)
    assert waiting.state == "submitted"
    actions.publish(waiting, by=moderator)
    assert is_trusted(organization)
    assert not is_trusted(factories.OrganizationFactory(active=True))


def test_refusal_takes_trust_away_until_it_is_old(trusted, editor, moderator, settings):
    version = send(trusted, editor, **A_FINDING)
    actions.send_back(version, by=moderator, reasons=["non-commercial"], message="")
    assert is_trusted(trusted)
    actions.reject(factories.submitted(version, by=editor), by=moderator, reasons=["non-commercial"], message="")
    assert not is_trusted(trusted)
    assert "365" in trust_in_words(trusted)
    with unguarded():
        Decision.objects.filter(outcome="rejected").update(at=timezone.now() - timedelta(days=366))
    assert is_trusted(trusted)
    settings.TRUST_PUBLISHED = 0
    assert not is_trusted(trusted)


def test_trusted_organization_publishes_what_the_rules_leave_alone(trusted, editor):
    version = send(trusted, editor)
    assert version.state == "published"
    assert version.listing.is_public
    assert AuditEvent.objects.get(verb="published_unreviewed").noun_id == version.pk
    with override("en"):
        told = [str(one) for one in told_of(list(happenings(trusted)), trusted)]
    assert "Readers see the listing “Language café in the library” at once." in told
    assert send(trusted, editor, **A_FINDING).state == "submitted"


def test_what_a_moderator_objected_to_is_not_published_without_them(trusted, editor, moderator):
    version = send(trusted, editor, **A_FINDING)
    actions.send_back(version, by=moderator, reasons=["non-commercial"], message="")
    listing_actions.save_answers(version, by=editor, answers={"price_kind": "free", "fee_amount": None})
    assert listing_actions.submit_version(version, by=editor).state == "submitted"


def test_author_is_told_before_and_after_that_it_is_public_at_once(trusted, editor):
    client = Client()
    client.force_login(editor)
    version = factories.draft(trusted, by=editor, venue="Uusi talo")
    preview = client.get(reverse("listing_step", args=[version.listing_id, "preview"]))
    assert preview.context["is_public_at_once"]
    response = client.post(reverse("listing_submit", args=[version.listing_id]))
    assert [message.level_tag for message in get_messages(response.wsgi_request)] == ["success"]
    assert Version.objects.get(pk=version.pk).state == "published"
    assert client.get(reverse("organization_desk", args=[trusted.pk])).context["is_trusted"]


def test_moderators_word_weighs_more_than_the_record(organization, main_user, editor, moderator):
    actions.trust_organization(organization, by=moderator, message=WHY)
    assert send(Organization.objects.get(), editor).state == "published"
    mail = Email.objects.get()
    assert mail.to == [main_user.email]
    assert WHY in mail.message
    assert WHY in mail.html_message
    for _number in range(2):
        factories.published(send(organization, editor, **A_FINDING), by=moderator)
    actions.distrust_organization(organization, by=moderator, message="Osa ei pitänyt paikkaansa.")
    assert record_of(organization).is_good
    assert send(Organization.objects.get(), editor).state == "submitted"
    outcomes = Decision.objects.filter(organization=organization).values_list("outcome", flat=True)
    assert list(outcomes) == ["distrusted", "trusted"]


def test_trust_is_a_moderators_with_a_reason_and_given_once(organization, main_user, moderator):
    with pytest.raises(actions.ReasonMissing):
        actions.trust_organization(organization, by=moderator, message=" ")
    with pytest.raises(NotPermitted):
        actions.trust_organization(organization, by=main_user, message=WHY)
    actions.trust_organization(organization, by=moderator, message=WHY)
    with pytest.raises(AlreadyDecided):
        actions.trust_organization(organization, by=moderator, message=WHY)


def test_suspended_organization_is_not_trusted(organization, moderator):
    actions.trust_organization(organization, by=moderator, message=WHY)
    actions.suspend_organization(organization, by=moderator, message="Ei pidä paikkaansa.")
    assert not is_trusted(Organization.objects.get())
    with pytest.raises(AlreadyDecided):
        actions.distrust_organization(organization, by=moderator, message=WHY)


def test_part_that_is_drawn_is_what_the_setting_says_and_hangs_on_the_key(settings):
    settings.SAMPLE_PERCENT = 20

    def drawn():
        return {pk for pk in range(2000) if is_drawn(Version(pk=pk))}

    with_this_key = drawn()
    assert 300 < len(with_this_key) < 500
    assert drawn() == with_this_key
    settings.SECRET_KEY = "another"  # noqa: S105
    assert len(drawn() & with_this_key) < 150
    settings.SAMPLE_PERCENT = 100
    assert len(drawn()) == 2000
    settings.SAMPLE_PERCENT = 0
    assert drawn() == set()


def test_sample_waits_once_and_is_kept(published, editor, moderator, settings):
    settings.SAMPLE_PERCENT = 100
    assert move_place(published.listing, editor).state == "published"
    move_place(published.listing, editor)
    sample = Recheck.objects.get()
    assert (sample.cause, sample.findings) == ("sample", [])
    call_command("recheck_listings")
    assert Recheck.objects.get().is_open
    client = Client()
    client.force_login(moderator)
    page = client.get(reverse("recheck_decide", args=[sample.pk])).content.decode()
    assert "</form>" in page
    Email.objects.all().delete()
    actions.keep(sample, by=moderator)
    assert Recheck.objects.get().outcome == "kept"
    assert Listing.objects.public().count() == 1
    assert not Email.objects.exists()


def test_sample_that_is_taken_down_takes_trust_away(trusted, editor, moderator, settings):
    settings.SAMPLE_PERCENT = 100
    version = send(trusted, editor)
    actions.take_down(Recheck.objects.get(), by=moderator, reasons=["no-referral"], message="")
    assert not Listing.objects.public().filter(pk=version.listing_id).exists()
    assert not is_trusted(trusted)
    assert send(trusted, editor).state == "submitted"


def test_sample_takes_up_what_new_rules_find_and_stays_when_they_no_longer_do(published, editor, settings, moderator):
    settings.SAMPLE_PERCENT = 100
    move_place(published.listing, editor)
    Version.objects.filter(state="published").update(price_kind="fee", fee_amount=90, fee_purpose="materials")
    call_command("recheck_listings")
    assert Recheck.objects.get().codes == ["non-commercial"]
    Version.objects.filter(state="published").update(price_kind="free", fee_amount=None, fee_purpose="")
    call_command("recheck_listings")
    assert (Recheck.objects.get().codes, Recheck.objects.get().is_open) == ([], True)
    listing_actions.withdraw_listing(published.listing, by=editor)
    call_command("recheck_listings")
    assert Recheck.objects.get().is_open


def test_decision_on_a_newer_version_answers_the_sample(published, editor, moderator, settings):
    settings.SAMPLE_PERCENT = 100
    move_place(published.listing, editor)
    version = listing_actions.open_new_version(published.listing, by=editor)
    listing_actions.save_answers(version, by=editor, answers={"title": {"fi": "Toinen nimi"}})
    version = listing_actions.submit_version(Version.objects.get(pk=version.pk), by=editor)
    assert version.state == "submitted"
    actions.publish(version, by=moderator)
    assert Recheck.objects.get().outcome == "settled"
