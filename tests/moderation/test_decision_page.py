"""What a moderator has before their eyes, and what they write with a decision."""

import time

import pytest
from django.urls import reverse
from django.utils.translation import override
from post_office.models import Email

from listings import actions as listing_actions
from listings.answers import findings_of
from listings.eligibility import RULES
from listings.models import Version
from moderation import actions
from moderation.forms import DecisionForm
from moderation.judging.changes import Piece, pieces, shown_facts, shown_texts
from moderation.judging.marks import mark_words
from moderation.judging.similar import similar_to
from moderation.judging.standard_texts import standard_text, with_standard_texts
from moderation.models import Decision
from tests import factories


def both(found: list[Piece]) -> tuple[str, str]:
    """The texts before and after, put together from the pieces."""
    return (
        "".join(piece.text for piece in found if piece.kind != "added"),
        "".join(piece.text for piece in found if piece.kind != "removed"),
    )


# The words that changed


def test_changed_word_is_marked_alone():
    assert pieces("Juomme kahvia yhdessä.", "Juomme teetä yhdessä.") == [
        Piece("Juomme ", "kept"),
        Piece("kahvia ", "removed"),
        Piece("teetä ", "added"),
        Piece("yhdessä.", "kept"),
    ]


def test_chinese_is_compared_sign_by_sign():
    assert Piece("咖啡", "removed") in pieces("我们喝咖啡。", "我们喝茶。")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "Uusi teksti."),
        ("Vanha teksti.", ""),
        ("sana " * 1200, "toinen " * 800),
        ("x\n" * 3000, "y\n" * 3000),
        ("a b " * 1500, "b a " * 1500),
        ("a. b. " * 1000, "b. a. " * 1000),
        ("的" * 6000, "的一" * 3000),
        ("Sama alku. " + "eri " * 700, "Sama alku. " + "eri muu " * 500),
    ],
)
def test_long_texts_are_compared_at_once_and_lose_nothing(before, after):
    began = time.perf_counter()
    found = pieces(before, after)
    assert time.perf_counter() - began < 2  # seconds; compared naively, some take minutes
    assert both(found) == (before, after)


@pytest.mark.django_db
def test_language_that_came_or_went_is_said_as_a_whole(published, editor):
    version = listing_actions.open_new_version(published.listing, by=editor)
    texts = {"title": {"fi": "Kielikahvila kirjastossa", "sv": "Språkkafé"}}
    version = listing_actions.save_answers(version, by=editor, answers=texts)
    wholes = {one.lang: one.whole for one in shown_texts(version, published) if one.field == "title"}
    assert wholes == {"fi": "", "sv": "added", "en": "removed"}


@pytest.mark.django_db
def test_lists_are_compared_item_by_item(published, editor):
    version = listing_actions.open_new_version(published.listing, by=editor)
    answers = {"weekdays": ["mon", "wed"], "languages": ["fi", "ar"], "exceptions": ["2031-01-06"]}
    version = listing_actions.save_answers(version, by=editor, answers=answers)
    with override("en"):
        facts = {fact.answer: fact.pieces for fact in shown_facts(version, published)}
    assert facts["weekdays"] == [Piece("Monday", "kept"), Piece("Wednesday", "added")]
    assert {(one.text, one.kind) for one in facts["languages"]} == {
        ("English", "removed"),
        ("Finnish", "kept"),
        ("Arabic", "added"),
    }
    assert [one.kind for one in facts["exceptions"]] == ["added"]
    assert {one.kind for one in facts["municipalities"]} == {"kept"}


@pytest.mark.django_db
def test_words_of_a_finding_are_marked_where_a_change_cuts_through_them(published, editor):
    version = listing_actions.open_new_version(published.listing, by=editor)
    words = "Viranomaisen lähete tarvitaan."
    version = listing_actions.save_answers(version, by=editor, answers={"description": {"fi": words}})
    findings = [one for one in findings_of(version) if one.places]
    assert findings
    place = next(place for one in findings for place in one.places if place.field == "description")
    # Half of what raised the finding is new.
    before = words.replace(place.words[0].split()[-1], "")
    Version.objects.filter(pk=published.pk).update(description_fi=before)
    published.refresh_from_db()
    texts = [one for one in shown_texts(version, published) if (one.field, one.lang) == ("description", "fi")]
    (shown,) = mark_words(texts, findings)
    marked = "".join(run.text for run in shown["runs"] if run.number)
    assert place.words[0] in marked
    assert sum(run.ends for run in shown["runs"]) == 1


def form_of(response) -> DecisionForm:
    """The form of a page; parts of it are called the same in the templates of fields."""
    found = (context.get("form") for context in response.context)
    return next(one for one in found if isinstance(one, DecisionForm))


# Standard texts


def test_standard_texts_are_in_the_authors_language_and_added_once():
    with override("en"):
        once = with_standard_texts("Hei!", ["no-referral"], "fi")
        again = with_standard_texts(once, ["no-referral", "not-political"], "fi")
        assert str(RULES["no-referral"].meaning) not in once
    assert once.startswith("Hei!\n\n")
    assert standard_text("no-referral", "fi") in once
    assert again == f"{once}\n\n{standard_text('not-political', 'fi')}"


@pytest.mark.django_db
def test_standard_texts_come_into_the_message_and_nothing_is_decided(client, submitted, moderator):
    author = submitted.author
    author.preferred_language = "sv"
    author.save()
    client.force_login(moderator)
    typed = {"reasons": ["no-referral"], "message": "Tack för texten.", "note_title": "För lång."}
    response = client.post(reverse("version_texts", args=[submitted.pk]), typed)
    form = form_of(response)
    assert response.status_code == 200
    assert form["message"].value() == f"Tack för texten.\n\n{standard_text('no-referral', 'sv')}"
    assert form["note_title"].value() == "För lång."
    assert not Decision.objects.exists()
    nothing = client.post(reverse("version_texts", args=[submitted.pk]), {"message": "Hej."})
    assert nothing.status_code == 422
    assert form_of(nothing).errors.keys() == {"reasons"}


# Notes at single answers


@pytest.mark.django_db
def test_note_at_an_answer_is_kept_and_told(client, submitted, moderator):
    client.force_login(moderator)
    client.post(reverse("version_return", args=[submitted.pk]), {"note_summary": "Kerro, kuka tulee vastaan."})
    decision = Decision.objects.get()
    assert decision.notes == {"summary": "Kerro, kuka tulee vastaan."}
    assert decision.outcome == Decision.Outcome.RETURNED, "a note is a reason"
    mail = Email.objects.get()
    assert "One sentence: Kerro, kuka tulee vastaan." in mail.message
    assert "Kerro, kuka tulee vastaan." in mail.html_message


@pytest.mark.django_db
def test_note_that_is_too_long_is_told_at_its_field_and_stays(client, submitted, moderator):
    client.force_login(moderator)
    response = client.post(reverse("version_return", args=[submitted.pk]), {"note_title": "x" * 501, "message": "Hei."})
    assert response.status_code == 422
    form = form_of(response)
    assert form.errors.keys() == {"note_title"}
    assert form.has_notes
    assert form["note_title"].value() == "x" * 501


@pytest.mark.django_db
def test_note_about_no_answer_is_refused(submitted, moderator):
    with pytest.raises(KeyError):
        actions.send_back(submitted, by=moderator, reasons=[], message="Hei.", notes={"password": "x"})


# What was decided before


@pytest.mark.django_db
def test_earlier_decisions_are_those_of_the_listing_and_of_the_organization(
    client, organization, editor, moderator, submitted
):
    other = factories.submitted(factories.draft(organization, by=editor, address="Muualla 2"), by=editor)
    actions.reject(other, by=moderator, reasons=["not-political"], message="Puolue.")
    elsewhere = factories.public_listing()
    actions.send_back(submitted, by=moderator, reasons=[], message="Vielä yksi asia.")
    client.force_login(moderator)
    earlier = client.get(reverse("version_decide", args=[submitted.pk])).context["earlier"]
    assert [one.decision.message for one in earlier["listing"]] == ["Vielä yksi asia."]
    assert [one.decision.message for one in earlier["organization"]] == ["Puolue."]
    assert list(earlier["standing"].values()) == [1, 1]
    every = client.get(reverse("organization_decisions", args=[organization.pk])).context["page_obj"]
    assert {one.version.listing_id for one in every} == {submitted.listing_id, other.listing_id}
    own = client.get(reverse("listing_decisions", args=[elsewhere.pk])).context["page_obj"]
    assert [one.outcome for one in own] == [Decision.Outcome.PUBLISHED]


# Similar ones


@pytest.mark.django_db
def test_same_listing_of_another_organization_is_found_and_another_activity_is_not(organization, editor):
    twin = factories.public_listing()
    factories.public_listing(
        title={"fi": "Jalkapalloa puistossa"},
        summary={"fi": "Pelaamme yhdessä."},
        description={"fi": "Pallo, maali ja hyvä mieli."},
        address="Kenttä 1",
    )
    version = factories.submitted(factories.draft(organization, by=editor), by=editor)
    with override("en"):
        found = similar_to(version)
    assert [one.version.listing for one in found] == [twin]
    assert found[0].alike == ["Same title", "Same text", "Same place and time"]


@pytest.mark.django_db
def test_same_listing_that_waits_too_is_found(organization, editor, submitted):
    colleague = factories.MembershipFactory(organization=organization).user
    twin = factories.submitted(factories.draft(organization, by=colleague), by=colleague)
    assert [one.version for one in similar_to(twin)] == [submitted]
    assert not similar_to(twin)[0].is_public


@pytest.mark.django_db
def test_drafts_of_others_and_what_readers_no_longer_see_are_not_shown(organization, editor, stranger, submitted):
    factories.draft(stranger.memberships.get().organization, by=stranger)
    gone = factories.public_listing()
    writer = gone.organization.memberships.first().user
    listing_actions.withdraw_listing(gone, by=writer)
    assert similar_to(submitted) == []


@pytest.mark.django_db
@pytest.mark.parametrize("title", ["", "!!!", "😀", "\u202e", "ja tai", "x" * 120, "لغة", "咖啡"])
def test_any_title_can_be_looked_for(organization, editor, title):
    factories.public_listing()
    version = factories.draft(organization, by=editor, title={"fi": title} if title else {}, municipalities=[])
    assert isinstance(similar_to(version), list)
