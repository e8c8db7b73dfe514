"""What the form says while it is written: at which field, about what is typed, and without saving anything."""

import re

import pytest
from django.contrib.messages import get_messages

from listings import actions
from listings.eligibility import Finding, Place
from listings.models import Version
from listings.quotes import quotes_of
from moderation import actions as moderation_actions
from portal.models import AuditEvent
from tests import factories
from tests.guards.rows import all_rows, what_changed
from tests.guards.world import address, client_of

RECRUITS = "Juomme kahvia. Keittiö etsii nyt vapaaehtoisia auttajia. Tervetuloa!"
TRAINING = {"section": "activity", "audience": "immigrants", "volunteering": "supporter_training"}


def check_address(version: Version, code: str = "what") -> str:
    return address("listing_check", (version.listing_id, code))


def places(html: str) -> set[str]:
    """The ids of what the answer puts into the page."""
    found = set(re.findall(r'<div id="(\w+)" hx-swap-oob="innerHTML">', html))
    assert html.count("hx-swap-oob") == len(found)
    return found


def marked(html: str) -> list[str]:
    return re.findall(r"<mark>(.*?)</mark>", html)


def state_of(html: str) -> dict[str, list[str]]:
    """What the page sends with the next check, of what it was told."""
    names = ("said", "measured", "waited_for", "heard")
    return {name: re.findall(rf'name="{name}" value="([^"]*)"', html) for name in names}


def test_check_speaks_of_what_is_typed_and_saves_nothing(draft, editor):
    client = client_of(editor)
    before = all_rows()
    answer = client.post(check_address(draft), {"text_language": "fi", "description_fi": RECRUITS})
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "id_description_fi_notes" in places(html)
    assert marked(html) == ["etsii nyt vapaaehtoisia"]
    assert "<textarea" not in html
    assert what_changed(before, all_rows()) == []


def test_check_is_silent_about_what_is_said_already(draft, editor):
    client = client_of(editor)
    typed = {"text_language": "fi", "description_fi": RECRUITS}
    first = client.post(check_address(draft), typed).content.decode()
    assert "heard" in places(first)
    again = client.post(check_address(draft), {**typed, **state_of(first)}).content.decode()
    assert places(again) == set()
    mended = client.post(
        check_address(draft), {**typed, **state_of(first), "description_fi": "Juomme kahvia."}
    ).content.decode()
    assert {"id_description_fi_notes", "heard"} <= places(mended)
    assert marked(mended) == []


def test_what_is_not_written_yet_is_said_only_where_the_page_waits_for_it(organization, editor):
    version = factories.draft(organization, by=editor, title={}, aims=[])
    client = client_of(editor)
    typed = {"text_language": "fi", "description_fi": "Juomme kahvia."}
    assert "finding--stop" not in client.post(check_address(version), typed).content.decode()
    page = client.get(address("listing_step", (version.listing_id, "what")) + "?check=1").content.decode()
    state = state_of(page)
    assert set(state["waited_for"]) == {"title_fi", "aims"}
    answered = client.post(check_address(version), {**typed, **state, "aims": ["wellbeing"]}).content.decode()
    assert "id_aims_notes" in places(answered)
    assert "id_title_fi_notes" not in places(answered)


def test_finding_stands_at_each_text_that_raises_it(draft, editor):
    typed = {
        "text_language": ["fi", "en"],
        "description_fi": RECRUITS,
        "description_en": "We drink coffee. We are looking for volunteers to help in the kitchen.",
    }
    html = client_of(editor).post(check_address(draft), typed).content.decode()
    assert {"id_description_fi_notes", "id_description_en_notes"} <= places(html)
    assert 'lang="en" dir="ltr"' in html


def test_typed_text_is_escaped_where_it_is_quoted(draft, editor):
    typed = {"text_language": "fi", "description_fi": "Keittiö etsii nyt vapaaehtoisia auttajia & <b>kokkeja</b>."}
    html = client_of(editor).post(check_address(draft), typed).content.decode()
    assert marked(html)
    assert "<b>" not in html


def test_check_of_a_listing_that_does_not_exist_yet(organization, editor):
    client = client_of(editor)
    before = all_rows()
    url = address("listing_start_check", (organization.pk,))
    html = client.post(url, {"participation": "referral"}).content.decode()
    assert places(html) == {"id_participation_notes", "heard"}
    assert what_changed(before, all_rows()) == []


def test_check_belongs_to_the_writers_and_is_posted(draft, editor, stranger):
    assert client_of(stranger).post(check_address(draft), {}).status_code == 404
    assert client_of(editor).get(check_address(draft)).status_code == 405
    assert client_of(editor).post(check_address(draft, "preview"), {}).status_code == 404
    assert client_of(editor).post(check_address(draft, "nothing"), {}).status_code == 404


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\xff\xfe&text_language=%00&description_fi=%ff", "application/x-www-form-urlencoded"),
        (b"text_language=xx&forms=nothing&said=&said=a:b:c&waited_for=nothing", "application/x-www-form-urlencoded"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"{", "application/json"),
    ],
)
def test_check_of_a_broken_body_is_answered(draft, editor, body, kind):
    answer = client_of(editor).post(check_address(draft), body, content_type=kind)
    assert answer.status_code in (200, 400)


def test_check_of_a_version_that_was_sent_meanwhile_says_nothing(submitted, editor):
    answer = client_of(editor).post(check_address(submitted), {"description_fi": RECRUITS})
    assert (answer.status_code, answer.content) == (200, b"")


# One press to the other section


def test_one_press_moves_training_to_its_section_and_keeps_what_is_typed(organization, editor):
    version = factories.draft(organization, by=editor, volunteering="supporter_training")
    client = client_of(editor)
    here = address("listing_step", (version.listing_id, "guide"))
    assert 'name="move_to" value="professional"' in client.get(here).content.decode()
    typed = {**TRAINING, "price_kind": "fee", "fee_amount": "5", "move_to": "professional"}
    answer = client.post(here, typed)
    version = Version.objects.select_related("listing").get(pk=version.pk)
    assert (version.listing.section, version.audience) == ("professional", "professionals")
    assert (version.fee_amount, version.volunteering) == (5, "supporter_training")
    assert [message.level_tag for message in get_messages(answer.wsgi_request)] == ["success"]
    assert 'name="move_to"' not in client.get(here).content.decode()


def test_one_press_works_before_the_listing_exists(organization, editor):
    url = address("listing_start", (organization.pk,))
    client_of(editor).post(url, {**TRAINING, "move_to": "professional"})
    version = Version.objects.get()
    assert (version.listing.section, version.audience) == ("professional", "professionals")


def test_published_listing_is_not_moved(published, editor):
    version = actions.open_new_version(published.listing, by=editor)
    actions.save_answers(version, by=editor, answers={"volunteering": "supporter_training"})
    client = client_of(editor)
    here = address("listing_step", (version.listing_id, "guide"))
    assert 'name="move_to"' not in client.get(here).content.decode()
    client.post(here, {**TRAINING, "move_to": "professional"})
    published.listing.refresh_from_db()
    assert published.listing.section == "activity"


# Quotes


def quoted(text: str, *words: str) -> list[str]:
    finding = Finding.from_places("volunteering", [Place("description", "fi", words)])
    quotes = quotes_of(finding, {"description": {"fi": text}})
    return ["".join(f"[{run.text}]" if run.is_marked else run.text for run in quote.runs) for quote in quotes]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        (RECRUITS, ["etsii nyt vapaaehtoisia"], ["Keittiö [etsii nyt vapaaehtoisia] auttajia."]),
        ("Yksi. Kaksi kolme! Neljä", ["Kaksi", "Neljä"], ["[Kaksi] kolme!", "[Neljä]"]),
        ("Kaksi kolme neljä.", ["Kaksi", "neljä"], ["[Kaksi] kolme [neljä]."]),
        ("Alku. Loppu lause\nEi tämä.", ["lause"], ["Loppu [lause]"]),
        ("kerhotalo ja kerho", ["kerho"], ["kerhotalo ja [kerho]"]),
        ("ei täällä", ["muualla"], ["[muualla]"]),
        (f"{'a ' * 200}sana{' b' * 200}", ["sana"], [f"… {'a ' * 30}[sana]{' b' * 30} …"]),
    ],
)
def test_words_are_quoted_in_their_sentence(text, words, expected):
    assert quoted(text, *words) == expected


# Explanations


@pytest.fixture
def worrying(organization, editor):
    return factories.draft(organization, by=editor, price_kind="fee", fee_amount=90, fee_purpose="materials")


def explain(client, version: Version, name: str, text: str):
    return client.post(address(name, (version.listing_id,)), {"explain_non-commercial": text})


def test_explanation_is_saved_without_sending_and_comes_back(worrying, editor):
    client = client_of(editor)
    assert explain(client, worrying, "listing_explain", "Kanootin vuokra.").status_code == 302
    worrying.refresh_from_db()
    assert (worrying.state, worrying.explanations) == ("draft", {"non-commercial": "Kanootin vuokra."})
    preview = address("listing_step", (worrying.listing_id, "preview"))
    assert "Kanootin vuokra." in client.get(preview).content.decode()
    assert AuditEvent.objects.filter(verb="explained").count() == 1


def test_explanation_is_sent_with_the_listing_and_the_moderator_reads_it(worrying, editor, moderator):
    explain(client_of(editor), worrying, "listing_submit", "Kanootin vuokra.\r\nJa <b>liivit</b>.")
    worrying.refresh_from_db()
    assert worrying.state == Version.State.SUBMITTED
    html = client_of(moderator).get(address("version_decide", (worrying.pk,))).content.decode()
    assert "Kanootin vuokra.<br>Ja &lt;b&gt;liivit&lt;/b&gt;." in html


def test_too_long_explanation_is_an_error_and_nothing_is_lost(worrying, editor):
    client = client_of(editor)
    text = "Vuokra. " * 70
    for name in ("listing_submit", "listing_explain"):
        answer = explain(client, worrying, name, text)
        assert answer.status_code == 422
        assert text.strip() in answer.content.decode()
        assert 'id="id_explain_non-commercial_error"' in answer.content.decode()
    worrying.refresh_from_db()
    assert (worrying.state, worrying.explanations) == ("draft", {})
    # A line break is one character, though browsers send two.
    assert explain(client, worrying, "listing_explain", "a\r\n" * 250).status_code == 302


def test_explanation_stays_when_the_version_comes_back_and_is_gone_in_the_next(worrying, editor, moderator):
    actions.explain_findings(worrying, by=editor, explanations={"non-commercial": "Vuokra."})
    moderation_actions.send_back(factories.submitted(worrying, by=editor), by=moderator, reasons=[], message="Miksi?")
    actions.save_answers(worrying, by=editor, answers={"venue": "Ranta"})
    client = client_of(editor)
    preview = address("listing_step", (worrying.listing_id, "preview"))
    assert "Vuokra." in client.get(preview).content.decode()
    # Where nothing is found any more, there is nothing to explain.
    actions.save_answers(worrying, by=editor, answers={"fee_amount": 5})
    assert "Vuokra." not in client.get(preview).content.decode()
    published = factories.published(factories.submitted(worrying, by=editor), by=moderator)
    assert actions.open_new_version(published.listing, by=editor).explanations == {}
