"""A listing's page for somebody who is new: the first visit, languages, next meetings, the way there, sharing."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.utils import timezone, translation

from listings import actions
from listings.directions import directions_to
from listings.forms.contact import ContactForm
from listings.forms.when_and_where import WhenAndWhereForm
from portal.map_services import MAP_SERVICES
from tests import factories
from tests.guards.markup import read

pytestmark = pytest.mark.django_db

AWAY = (
    "https://opas.matka.fi/",
    "https://www.openstreetmap.org/",
    "https://www.google.com/maps",
    "https://maps.apple.",
)


@pytest.fixture(autouse=True)
def _each_page_is_made(settings):
    """A page that was kept has no context to look into."""
    settings.PAGES_ARE_KEPT = False


def shown(client, listing, reader="fi"):
    """The page as elements, and what its template was given of the listing."""
    with translation.override(reader):
        response = client.get(listing.get_absolute_url())
    assert response.status_code == 200
    return read(response.content.decode()), response.context["listing"]


def links_away(page):
    return [one for one in page.all("a") if one.get("href").startswith(AWAY)]


def test_each_map_service_of_the_setting_is_asked_for_the_whole_address(client, settings):
    settings.MAP_SERVICES = list(MAP_SERVICES)
    page, facts = shown(client, factories.public_listing(address="Kirkkokatu 1 B & C"))
    assert [one.name for one in facts["place"]["directions"]] == [one.name for one in MAP_SERVICES.values()]
    links = links_away(page)
    assert len(links) == 4
    for link in links:
        assert "noreferrer" in link.get("rel")
        assert ["Kirkkokatu 1 B & C, 90100 Oulu"] in parse_qs(urlsplit(link.get("href")).query).values()


def test_setting_chooses_the_services_and_their_order(settings):
    settings.MAP_SERVICES = ["apple", "hsl"]
    assert [one.name for one in directions_to("Kirkkokatu 1, Oulu")] == ["Apple Maps", "HSL Reittiopas"]
    settings.MAP_SERVICES = []
    assert directions_to("Kirkkokatu 1, Oulu") == []


@pytest.mark.parametrize(
    "changes",
    [
        {"is_discreet": True},
        {"venue": "", "address": "", "postal_code": ""},
        {"location_mode": "online", "municipalities": [], "venue": "Teams", "contact_url": "https://example.org/"},
    ],
)
def test_no_way_is_shown_to_a_place_that_is_hidden_unknown_or_online(client, changes):
    page, _facts = shown(client, factories.public_listing(**changes))
    assert links_away(page) == []


def test_next_three_meetings_are_told_in_words(client):
    day = timezone.localdate() + timedelta(days=1)
    dates = [(day + timedelta(days=7 * number)).isoformat() for number in range(5)]
    listing = factories.public_listing(schedule_kind="dates", weekdays=[], dates=dates, last_date=None)
    _page, facts = shown(client, listing, "en")
    assert [one["soon"] for one in facts["meetings"]] == ["Tomorrow", "", ""]
    assert facts["meetings"][0]["weekday"] == f"{day:%A}"
    assert facts["meetings"][0]["date"] == f"{day.day} {day:%B}"


def test_cancelled_meetings_are_told_and_three_others_beside_them(client):
    listing = factories.public_listing()
    person = listing.organization.memberships.get().user
    for session in listing.sessions.upcoming(timezone.localdate())[:2]:
        actions.cancel_session(session, by=person)
    page, facts = shown(client, listing)
    assert [one["is_cancelled"] for one in facts["meetings"]] == [True, True, False, False, False]
    assert len([one for one in page.all("s") if one.text()]) == 2


def test_page_says_in_which_language_the_text_is_and_leads_to_each_other(client):
    texts = {"sv": "Sjung med oss", "ar": "غنوا معنا", "zh-hans": "一起唱歌"}
    listing = factories.public_listing(title=texts, summary=texts, description=texts)
    page, facts = shown(client, listing, "fi")
    assert facts["text_is_in"] == "Tämän tekstin kieli: ruotsi"
    assert "Tämän tekstin kieli: ruotsi" in page.text()
    for code in ("ar", "zh-hans"):
        (url,) = [one["url"] for one in facts["other_languages"] if one["code"] == code]
        assert any(one.get("href") == url and one.get("hreflang") == code for one in page.all("a"))
        other, facts_there = shown(client, listing, code)
        (title,) = other.all("h1")
        assert (title.text(), title.get("lang")) == (texts[code], code)
        assert {one["code"] for one in facts_there["other_languages"]} == set(texts) - {code}


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({"childcare": True}, "You can bring your child. There is child care."),
        ({"target_groups": ["families"]}, "Children are welcome"),
        ({}, "Do you want to bring a child? Ask the organizer first."),
    ],
)
def test_first_visit_answers_whether_a_child_may_come(client, changes, answer):
    listing = factories.public_listing(**changes)
    _page, facts = shown(client, listing, "en")
    assert answer in facts["first_visit"]
    assert len([step for step in facts["first_visit"] if "hild" in step]) == 1


def test_first_visit_tells_workers_nothing_about_children(client):
    step = "Do you want to bring a child? Ask the organizer first."
    organization = factories.OrganizationFactory(active=True)
    editor = factories.MembershipFactory(organization=organization).user
    version = factories.draft(organization, by=editor, section="professional", audience="professionals")
    version = factories.published(factories.submitted(version, by=editor), by=factories.UserFactory(moderator=True))
    _page, facts = shown(client, version.listing, "en")
    assert facts["first_visit"]
    assert step not in facts["first_visit"]


def test_who_learns_to_read_and_write_is_told_that_reading_is_not_needed(client):
    sentence = "You can come even if you do not read or write yet."
    page, _facts = shown(client, factories.public_listing(target_groups=["learning_to_read_and_write"]), "en")
    assert sentence in page.text()
    page, _facts = shown(client, factories.public_listing(), "en")
    assert sentence not in page.text()


def test_wheelchair_is_answered_in_either_case(client):
    question = "Do you use a wheelchair? Ask the organizer about the place first."
    page, _facts = shown(client, factories.public_listing(accessible=False), "en")
    assert question in page.text()
    page, _facts = shown(client, factories.public_listing(accessible=True), "en")
    assert question not in page.text()
    assert "You can come with a wheelchair" in page.text()


@pytest.mark.parametrize(("who", "sentence"), [("volunteer", "Vapaaehtoinen ottaa sinut vastaan."), ("", "vastaan")])
def test_who_meets_newcomers_is_said_where_the_organization_tells(client, who, sentence):
    page, _facts = shown(client, factories.public_listing(welcome=who))
    assert (sentence in page.text()) == bool(who)


@pytest.mark.parametrize("reader", ["ar", "fa"])
def test_names_and_numbers_keep_their_direction_on_a_page_from_right_to_left(client, reader):
    listing = factories.public_listing(
        venue="Pääkirjasto", address="Kirjastokatu 1 (ovi B)", contact_name="Leila", contact_phone="+358 44 123"
    )
    page, facts = shown(client, listing, reader)
    assert any("\u2068Pääkirjasto, Kirjastokatu 1 (ovi B)\u2069" in step for step in facts["first_visit"])
    assert any("\u2068Leila\u2069" in step for step in facts["first_visit"])
    alone = {one.text(): one.get("dir") for one in page.all("bdi")}
    assert {"Pääkirjasto", "Leila", listing.organization.name_fi} <= set(alone)
    assert alone["+358 44 123"] == "ltr"
    assert alone["ohjaaja@example.org"] == "ltr"


def test_sharing_is_plain_links_with_title_and_address(client):
    title = "Kahvia & juttua? Tervetuloa + mukaan"
    listing = factories.public_listing(title={"fi": title})
    page, _facts = shown(client, listing)
    own = settings.SITE_URL + listing.get_absolute_url()
    (box,) = [one for one in page.all("details") if one.get("class") == "share"]
    mail, whatsapp, telegram = [parse_qs(urlsplit(one.get("href")).query) for one in box.all("a")]
    assert mail == {"subject": [title], "body": [own]}
    assert whatsapp == {"text": [f"{title} {own}"]}
    assert telegram == {"url": [own], "text": [title]}
    assert own in box.text()


def test_without_scripts_no_button_stands_that_needs_one(client):
    page, _facts = shown(client, factories.public_listing())
    needing = [one for one in page.all("button") if one.parent is not None and one.get("type") == "button"]
    assert len(needing) == 3
    assert all("hidden" in one.attributes for one in needing)


def test_what_is_read_aloud_has_its_own_language(client):
    listing = factories.public_listing(description={"fi": "Juomme kahvia."})
    page, _facts = shown(client, listing, "en")
    parts = [one for one in page.all() if "data-read" in one.attributes]
    texts = [next((two for two in part.all("div") if two.get("lang")), part) for part in parts]
    told = [(one.inherited("lang"), one.text()) for one in texts]
    assert told[:3] == [
        ("en", "Language café in the library"),
        ("en", "We speak Finnish together."),
        ("fi", "Juomme kahvia."),
    ]
    assert {language for language, _text in told[3:]} == {"en"}
    assert len(told) == 6


@pytest.mark.parametrize("reader", ["ar", "so", "fa", "en", "zh-hans"])
def test_clock_has_twenty_four_hours_in_every_language(client, reader):
    _page, facts = shown(client, factories.public_listing(), reader)
    assert facts["meetings"][0]["time"] == "17:00–18:30"


def test_fields_for_addresses_and_names_are_written_in_their_own_direction():
    names = {**ContactForm().fields, **WhenAndWhereForm().fields}
    told = {name: field.widget.attrs.get("dir") for name, field in names.items()}
    for name in ("contact_email", "contact_phone", "contact_url"):
        assert told[name] == "ltr", name
    for name in ("contact_name", "venue", "address"):
        assert told[name] == "auto", name
