"""The other views of a result, what is suggested while somebody types, and what is shown beside a listing."""

from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from listings.models import Session
from listings.search.index import refresh_listing
from listings.search.suggesting import suggestions
from listings.views.browse import SWAPPED
from listings.week import MEETINGS_SHOWN
from portal.distances import nearest_first, neighbours
from tests import factories
from tests.guards.markup import read
from tests.listings.test_public_list import titles

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _each_page_is_made(settings):
    """A page that was kept has no context to look into."""
    settings.PAGES_ARE_KEPT = False


def path(name, reader="fi", **query):
    with translation.override(reader):
        return reverse(name, query=query)


def on_days(*days, hour=17, **changes):
    """A public listing that meets on these days, and often enough later."""
    later = [days[0] + timedelta(100 + number) for number in range(3)]
    written = [day.isoformat() for day in (*days, *later)]
    return factories.public_listing(
        schedule_kind="dates",
        weekdays=[],
        dates=written,
        last_date=None,
        starts=time(hour),
        ends=time(hour + 1),
        **changes,
    )


@pytest.fixture
def today():
    return timezone.localdate()


def week_of(client, **query):
    """The titles of each day."""
    days = client.get(path("listing_week", **query)).context["days"]
    return [[meeting.card.title.value for meeting in one["day"].meetings] for one in days]


def test_week_has_the_meetings_of_each_day_by_time(client, today):
    on_days(today, today + timedelta(2), hour=18, title={"fi": "Ilta"})
    on_days(today + timedelta(2), hour=9, title={"fi": "Aamu"})
    on_days(today + timedelta(9), title={"fi": "Ensi viikko"})
    assert week_of(client) == [["Ilta"], [], ["Aamu", "Ilta"], [], [], [], []]
    assert week_of(client, day=(today + timedelta(7)).isoformat()) == [[], [], ["Ensi viikko"], [], [], [], []]
    assert week_of(client, words="aamu") == [[], [], ["Aamu"], [], [], [], []]
    page = client.get(path("listing_week"))
    assert client.get(page.context["next_url"]).context["first_day"] == (today + timedelta(7)).isoformat()
    assert client.get(client.get(page.context["next_url"]).context["previous_url"]).context["first_day"] == ""


def test_cancelled_meeting_is_not_in_the_week(client, today):
    listing = on_days(today, today + timedelta(1))
    Session.objects.filter(listing=listing, on=today).update(cancelled_at=timezone.now())
    refresh_listing(listing)
    assert [len(day) for day in week_of(client)] == [0, 1, 0, 0, 0, 0, 0]


def test_full_day_shows_the_first_and_leads_to_the_list(client, today):
    for _number in range(MEETINGS_SHOWN + 2):
        on_days(today)
    (first, *_rest) = client.get(path("listing_week", form="language_club")).context["days"]
    assert (first["day"].total, first["day"].more) == (MEETINGS_SHOWN + 2, 2)
    assert client.get(first["more_url"]).context["total"] == first["day"].total


@pytest.mark.parametrize("written", ["", "x", "2026-02-31", "1999-01-01", "9999-12-31", "\0"])
def test_week_begins_today_when_the_address_names_no_day_to_come(client, today, written):
    on_days(today, title={"fi": "Tänään"})
    assert week_of(client, day=written)[0] == ["Tänään"]


def test_map_counts_what_the_links_find(client):
    factories.public_listing()
    factories.public_listing(municipalities=["837"])
    factories.public_listing(municipalities=["837", "564"], forms=["sports"])
    context = client.get(path("listing_map", region="06", form="language_club")).context
    assert {tile["region"]: tile["count"] for tile in context["tiles"] if tile["count"]} == {
        "Pirkanmaa": 1,
        "Pohjois-Pohjanmaa": 1,
    }
    (region,) = context["regions"]
    assert [place["name"] for place in region["municipalities"] if place["count"]] == ["Tampere"]
    for place in (region, *region["municipalities"]):
        if place["count"]:
            assert client.get(place["url"]).context["total"] == place["count"]


def suggested(client, words, name="suggest", reader="fi"):
    response = client.get(path(name, reader, words=words))
    assert response.status_code == 200
    return [one.get("value") for one in read(f"<p>{response.content.decode()}</p>").all("option")]


def test_names_words_and_organizations_are_suggested(client):
    listing = factories.public_listing(title={"fi": "Kirjolohien kerho"})
    listing.organization.name_fi = "Ääkkösten ystävät ry"
    listing.organization.save()
    assert "Oulu" in suggested(client, "oul")
    assert "kirjolohien" in suggested(client, "KIRJO")
    assert suggested(client, "ääkk") == ["Ääkkösten ystävät ry"]
    assert "Ääkkösten ystävät ry" in suggested(client, "ystävä")
    assert "kirjolohien Oulu" in suggested(client, "kirjolohien ou")
    assert any("kielik" in one for one in suggested(client, "kielik"))
    assert any("клуб" in one for one in suggestions("язык", "ru"))
    assert suggestions("إسبو", "ar") == []
    assert suggestions("أولو", "ar") == ["أولو"]
    assert len(suggested(client, "ki")) <= 8


@pytest.mark.parametrize("words", ["", "x", "tamper", "xyzzy", "%", "\0", "a" * 9000])
def test_nothing_is_suggested_that_leads_nowhere(client, words):
    factories.public_listing()
    assert suggested(client, words) == []
    assert suggested(client, "oulu", "professional_suggest") == []


def test_words_that_name_a_place_can_become_a_filter(client):
    factories.public_listing()
    factories.public_listing(municipalities=["837"])
    (link,) = client.get(path("listing_list", words="kahvila oulussa")).context["understood"]
    assert link.label == "Oulu"
    page = client.get(link.url)
    assert [chip.label for chip in page.context["chips"]] == ["kahvila", "Oulu"]
    assert page.context["total"] == 1
    assert client.get(path("listing_list", words="kahvila vantaa")).context["understood"] == []


def test_corrected_word_is_told_and_the_typed_one_stays(client):
    factories.public_listing()
    page = client.get(path("listing_list", words="kielikahvlia"))
    assert page.context["corrections"] == [("kielikahvlia", "kielikahvila")]
    html = read(page.content.decode())
    (notice,) = [one.text() for one in html.all("p") if one.get("class") == "notice"]
    assert "kielikahvila" in notice
    assert "kielikahvlia" in notice
    assert next(one for one in html.all("input") if one.get("id") == "id_words").get("value") == "kielikahvlia"


def test_every_part_that_is_swapped_is_on_the_page(client):
    html = read(client.get(path("listing_list")).content.decode())
    ids = {one.get("id") for one in html.all()}
    assert {*SWAPPED, "results", "suggestions"} <= ids


def test_address_of_an_answer_has_no_blank_values(client):
    response = client.get(
        path("listing_list", words="", municipality="", form="language_club", order="newest", page="1")
    )
    assert response.headers["HX-Push-Url"] == path("listing_list", form="language_club", order="newest")
    wrong = client.get(path("listing_list", form="x"))
    assert wrong.headers["HX-Redirect"] == path("listing_list", form="x")
    assert "HX-Push-Url" not in wrong.headers


def test_similar_listings_are_near_and_of_the_same_form(client):
    def listing(title, **changes):
        return factories.public_listing(title={"fi": title}, **changes)

    here = listing("Tämä")
    listing("Sama kunta, muu kieli", languages=["sv"])
    listing("Sama kunta ja kieli")
    listing("Sama maakunta", municipalities=["678"])
    listing("Muu maakunta", municipalities=["091"])
    listing("Muu toiminta", forms=["sports"])
    response = client.get(path("start").replace("/fi/", here.get_absolute_url()))
    assert titles(response) == ["Sama kunta ja kieli", "Sama kunta, muu kieli", "Sama maakunta"]


def test_way_out_of_an_empty_list_changes_least_first(client):
    factories.public_listing(municipalities=["678"])
    factories.public_listing(location_mode="online", municipalities=[])
    page = client.get(path("listing_list", municipality="564", form="language_club"))
    assert page.context["total"] == 0
    first, second, *_more = page.context["ways"]
    assert first["total"] == second["total"] == 1
    assert "region=17" in first["url"]
    assert "online=yes" in second["url"]
    assert len(first["cards"]) == len(second["cards"]) == 1


def in_place(municipality, title, **changes):
    return factories.public_listing(title={"fi": title}, municipalities=[municipality], **changes)


def test_nearest_come_first_and_the_place_can_be_taken_away(client):
    for municipality, title in (("564", "Oulu"), ("091", "Helsinki"), ("049", "Espoo"), ("837", "Tampere")):
        in_place(municipality, title)
    in_place("049", "Verkko", location_mode="online")
    only_espoo = client.get(path("listing_list", municipality="049"))
    assert only_espoo.context["nearby"].url == path("listing_list", near="049")
    answer = client.get(only_espoo.context["nearby"].url)
    assert [title for title in titles(answer) if title != "Verkko"] == ["Espoo", "Helsinki", "Tampere", "Oulu"]
    (chip,) = answer.context["chips"]
    assert (chip.label, chip.url) == ("Lähimmät ensin: Espoo", path("listing_list"))
    assert answer.context["orders"][0]["is_chosen"]
    soonest = client.get(path("listing_list", near="049", order="soonest"))
    assert soonest.context["near"] == "049"
    assert 'content="noindex' in soonest.content.decode()


def test_empty_place_leads_to_the_municipalities_around_it(client):
    in_place("091", "Naapurissa")
    in_place("564", "Kaukana")
    way = client.get(path("listing_list", municipality="235")).context["ways"][0]
    assert way["label"] == "Lähellä: Kauniainen"
    assert len(way["cards"]) == 1
    assert "Naapurissa" in way["cards"][0]


def test_neighbours_are_the_nearest():
    assert nearest_first("235")[:3] == ("235", "049", "091")
    assert "091" in neighbours("235")
    assert neighbours("890") == ()  # Utsjoki: the next one is a day's journey away
    assert nearest_first("000") == ()


def test_what_is_near_follows_what_is_in_the_place_and_is_said_so(client):
    for municipality, title in (("091", "Kielikahvila Helsinki"), ("049", "Kielikahvila Espoo")):
        in_place(municipality, title)
    page = client.get(path("listing_list", words="kielikahvila espoo"))
    assert titles(page) == ["Kielikahvila Espoo", "Kielikahvila Helsinki"]
    assert page.context["place_first"].startswith("Espoo: 1.")
    nothing = client.get(path("listing_list", words="kielikahvila kauniainen"))
    assert len(titles(nothing)) == 2
    assert nothing.context["place_first"].startswith("Kauniainen: ei vielä")
    assert client.get(path("listing_list", words="kielikahvila")).context["place_first"] == ""
