"""Decisions: kept, told to the author in their language, made once."""

import pytest
from django.utils import translation
from post_office.models import Email

from listings import actions as listing_actions
from listings.eligibility import RULES
from listings.models import Version
from listings.notes import notes_of
from listings.rule_set import current_rule_set
from listings.states import WrongState
from moderation import actions
from moderation.models import Decision
from organizations.models import Membership
from portal.refusals import NotPermitted
from tests import factories

pytestmark = pytest.mark.django_db


def test_returned_version_keeps_the_decision_and_shows_its_reasons_at_the_answers(submitted, moderator, editor):
    decision = actions.send_back(
        submitted, by=moderator, reasons=["no-referral"], message="Tell that one may just come."
    )
    version = Version.objects.get(pk=submitted.pk)
    assert version.state == Version.State.RETURNED
    assert (decision.reasons, decision.rule_set) == (["no-referral"], current_rule_set().version)
    note = next(one for one in notes_of(version) if one.code == "no-referral")
    assert note.answer == "participation"
    assert not note.stops


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("decide", [actions.publish, actions.send_back, actions.reject])
def test_author_gets_a_mail_in_their_language(organization, moderator, language, decide):
    author = factories.UserFactory(preferred_language=language)
    Membership.objects.create(organization=organization, user=author, state="active")
    version = factories.submitted(factories.draft(organization, by=author), by=author)
    decide(version, by=moderator, reasons=["no-referral"], message="Thank you.")
    mail = Email.objects.get()
    assert mail.to == [author.email]
    assert f"/{language}/" in mail.message
    assert f'lang="{language}"' in mail.html_message
    assert "Thank you." in mail.message
    title = "Language café in the library" if language == "en" else "Kielikahvila kirjastossa"
    assert title in mail.message


def test_version_is_decided_once(submitted, moderator):
    stale = Version.objects.get(pk=submitted.pk)
    actions.publish(submitted, by=moderator)
    with pytest.raises(WrongState):
        actions.reject(stale, by=factories.UserFactory(moderator=True), reasons=["no-referral"], message="")
    assert Decision.objects.get().outcome == Decision.Outcome.PUBLISHED
    assert Email.objects.count() == 1


def test_version_that_was_changed_since_it_was_opened_is_not_decided(submitted, editor, moderator):
    seen = actions.seen_of(submitted)
    listing_actions.take_back_version(submitted, by=editor)
    listing_actions.save_answers(submitted, by=editor, answers={"summary": {"fi": "Muu.", "en": "Other."}})
    again = listing_actions.submit_version(Version.objects.get(pk=submitted.pk), by=editor)
    with pytest.raises(WrongState):
        actions.publish(submitted, by=moderator, seen=seen)
    assert not Decision.objects.exists()
    actions.publish(again, by=moderator, seen=actions.seen_of(again))


def test_reasons_stay_beside_the_answers_when_it_is_taken_back(submitted, editor, moderator):
    actions.send_back(submitted, by=moderator, reasons=["no-referral"], message="")
    again = listing_actions.submit_version(Version.objects.get(pk=submitted.pk), by=editor)
    listing_actions.take_back_version(again, by=editor)
    assert "no-referral" in {note.code for note in notes_of(Version.objects.get(pk=submitted.pk))}


def test_author_is_owed_a_reason(submitted, moderator):
    for decide in (actions.send_back, actions.reject):
        with pytest.raises(actions.ReasonMissing):
            decide(submitted, by=moderator, reasons=[], message="  ")
    assert not Decision.objects.exists()


def test_reason_that_is_no_rule_is_refused(submitted, moderator):
    with pytest.raises(KeyError):
        actions.reject(submitted, by=moderator, reasons=["no-such-rule"], message="")
    submitted.refresh_from_db()
    assert submitted.state == Version.State.SUBMITTED


def test_neither_author_nor_stranger_nor_own_moderator_decides(submitted, editor, stranger, organization):
    own_moderator = factories.UserFactory(moderator=True)
    Membership.objects.create(organization=organization, user=own_moderator, state="active")
    for person in (editor, stranger, own_moderator):
        with pytest.raises(NotPermitted):
            actions.publish(submitted, by=person)


def test_rejected_version_ends_and_the_published_one_stays(published, editor, moderator):
    version = listing_actions.open_new_version(published.listing, by=editor)
    listing_actions.save_answers(version, by=editor, answers={"summary": {"fi": "Uusi.", "en": "New."}})
    version = listing_actions.submit_version(Version.objects.get(pk=version.pk), by=editor)
    actions.reject(version, by=moderator, reasons=["not-political"], message="")
    assert published.listing.is_public
    assert published.listing.open_version is None
    again = listing_actions.open_new_version(published.listing, by=editor)
    assert again.number == 3


def test_decision_cannot_be_changed(submitted, moderator):
    decision = actions.publish(submitted, by=moderator)
    decision.message = "Something else"
    with pytest.raises(TypeError):
        decision.save()


def test_every_rule_can_be_a_reason_and_is_explained(submitted, moderator):
    actions.send_back(submitted, by=moderator, reasons=list(RULES), message="")
    text = Email.objects.get().message
    with translation.override(submitted.author.preferred_language):
        for rule in RULES.values():
            assert str(rule.title) in text
