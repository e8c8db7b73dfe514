"""The public list: what each filter finds, what the page says about it, and how it answers nonsense."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from listings.browsing import GROUPS
from listings.forms import ListingFilter
from listings.models import Listing
from listings.search.index import refresh_listing
from tests import factories
from tests.guards.markup import read

pytestmark = pytest.mark.django_db


def path(section="listing_list", reader="fi", **query):
    with translation.override(reader):
        return reverse(section, query=query)


@pytest.fixture(autouse=True)
def _each_page_is_made(settings):
    """A page that was kept has no context to look into."""
    settings.PAGES_ARE_KEPT = False


def titles(response):
    """The titles of the cards, in their order."""
    page = read(response.content.decode())
    return [one.text() for one in page.all("h2", "h3") if "storey-title" in one.get("class")]


@pytest.fixture
def cafe():
    """Oulu, Monday, free, in Finnish and English, no Finnish needed."""
    return factories.public_listing()


@pytest.fixture
def choir():
    """Tampere, online too, a fee, in Arabic, on two Saturdays, with child care."""
    today = timezone.localdate()
    saturday = today + timedelta(days=(5 - today.weekday()) % 7 + 7)
    return factories.public_listing(
        title={"sv": "Kören sjunger"},
        summary={"sv": "Alla får sjunga."},
        description={"sv": "Vi sjunger tillsammans i kyrkan."},
        forms=["culture", "family"],
        target_groups=["women", "families"],
        languages=["ar"],
        language_level="a2",
        price_kind="fee",
        fee_amount="5.00",
        fee_purpose="materials",
        participation="registration",
        schedule_kind="dates",
        weekdays=[],
        dates=[saturday.isoformat(), (saturday + timedelta(days=7)).isoformat()],
        last_date=None,
        location_mode="hybrid",
        municipalities=["837"],
        childcare=True,
    )


FINDS = {
    "cafe": [
        {"words": "kielikahvila"},
        {"words": "Kielikahviloissa"},
        {"words": "library coffee"},
        {"words": "Oulu"},
        {"words": "языковой клуб"},
        {"municipality": "564"},
        {"region": "17"},
        {"form": "language_club"},
        {"language": "en"},
        {"language_level": "none"},
        {"target_group": "everyone"},
        {"free": "yes"},
        {"weekday": "mon"},
        {"participation": "open"},
    ],
    "choir": [
        {"words": "sjunga"},
        {"words": "kvinnor"},
        {"words": "Tammerfors"},
        {"municipality": ["837", "091"]},
        {"municipality": ["", "837"]},
        {"form": ["family", "sports"]},
        {"language": "ar"},
        {"weekday": "sat"},
        {"online": "yes"},
        {"childcare": "yes"},
        {"participation": "registration"},
        {"region": "06", "form": "culture", "childcare": "yes"},
    ],
}


@pytest.mark.parametrize(("which", "query"), [(name, query) for name, many in FINDS.items() for query in many])
def test_filter_finds_one_and_leaves_out_the_other(client, cafe, choir, which, query):
    response = client.get(path(**query))
    assert titles(response) == [{"cafe": "Kielikahvila kirjastossa", "choir": "Kören sjunger"}[which]]
    assert response.context["total"] == 1


def test_word_of_two_listings_and_filter_between_groups(client, cafe, choir):
    assert client.get(path()).context["total"] == 2
    assert client.get(path(form=["language_club", "culture"])).context["total"] == 2
    assert client.get(path(form="language_club", free="yes", language="ar")).context["total"] == 0


def test_sections_are_apart(client, cafe):
    Listing.objects.update(section="professional")
    refresh_listing(cafe)
    assert client.get(path()).context["total"] == 0
    assert client.get(path("professional_list")).context["total"] == 1


def test_facet_counts_tell_what_choosing_would_give(client, cafe, choir):
    groups = client.get(path(form="culture")).context["facet_groups"]
    options = [option for group in groups for option in (*group["options"], *group["more_options"])]
    forms = {option["value"]: option["count"] for option in options if option["name"] == "form"}
    assert forms == {"language_club": 1, "culture": 1, "family": 1}
    assert [option["value"] for option in options if option["name"] == "language"] == ["ar"]
    for option in options:
        query = {"form": "culture"} | {option["name"]: option["value"]}
        assert client.get(path(**query)).context["total"] == option["count"], option


def test_every_facet_has_a_group():
    assert sorted(name for names in GROUPS.values() for name in names) == sorted(ListingFilter({}, section="").facets)


def test_places_tell_what_choosing_would_give(client, cafe, choir):
    municipalities, regions = client.get(path(form="culture", municipality="837")).context["places"]
    counts = {
        code: count for place in (municipalities, regions) for _name, rows in place["groups"] for code, _, count in rows
    }
    assert len(counts) == 307 + 19
    assert {code for code, count in counts.items() if count} == {"06"}
    assert [(one["value"], one["count"]) for one in municipalities["chosen"]] == [("837", 1)]


def test_chip_removes_its_filter_and_keeps_the_others(client, cafe, choir):
    chips = client.get(path(words="kören", form=["culture", "family"], childcare="yes")).context["chips"]
    assert [chip.label for chip in chips][0] == "kören"
    assert len(chips) == 4
    for chip in chips:
        response = client.get(chip.url)
        assert len(response.context["chips"]) == 3
        assert chip.label not in [other.label for other in response.context["chips"]]


def test_empty_list_proposes_ways_that_lead_somewhere(client, cafe, choir):
    response = client.get(path(municipality="564", childcare="yes"))
    assert response.context["total"] == 0
    ways = response.context["ways"]
    assert len(ways) == 3
    for way in ways:
        assert client.get(way["url"]).context["total"] == way["total"] == 1
    # The first ways show what they find, each card once.
    assert titles(response) == ["Kören sjunger"]


@pytest.mark.parametrize(
    "query",
    [
        {"form": "no-such-form"},
        {"municipality": "999"},
        {"weekday": "mon' or 1=1"},
        {"free": "maybe"},
        {"words": "x" * 300},
        {"words": "a\0b"},
    ],
)
def test_wrong_value_is_a_message_and_not_an_error_page(client, cafe, query):
    client.get(path())  # the cards are there, so that the page's own context is the first
    response = client.get(path(**query))
    assert response.status_code == 400
    name = next(iter(query))
    message = ListingFilter(response.wsgi_request.GET, section=Listing.ACTIVITY).form.errors[name][0]
    assert message in response.content.decode().replace("&#x27;", "'")


@pytest.mark.parametrize(("page", "shown"), [("1", 20), ("2", 1), ("99", 1), ("-1", 20), ("x", 20)])
def test_pages(client, page, shown, organization, editor, moderator):
    for number in range(21):
        version = factories.draft(
            organization,
            by=editor,
            title={"fi": f"Kerho {number}"},
            summary={"fi": "Tule."},
            description={"fi": "Tule mukaan."},
        )
        factories.published(factories.submitted(version, by=editor), by=moderator)
    response = client.get(path(page=page))
    assert len(response.context["cards"]) == shown
    assert response.context["total"] == 21


def test_soonest_meeting_comes_first(client, cafe, choir):
    assert titles(client.get(path())) == ["Kielikahvila kirjastossa", "Kören sjunger"]
    assert titles(client.get(path(order="newest"))) == ["Kören sjunger", "Kielikahvila kirjastossa"]


def test_orders_that_make_sense_are_offered(client, cafe):
    def offered(**query):
        orders = client.get(path(**query)).context["orders"]
        return [(one["value"], one["is_chosen"]) for one in orders]

    assert offered() == [("", True), ("newest", False)]
    assert offered(order="newest") == [("", False), ("newest", True)]
    assert offered(words="kahvila") == [("", True), ("soonest", False), ("newest", False)]
    assert "Best match" not in [chip.label for chip in client.get(path(order="newest")).context["chips"]]


def test_text_in_another_language_says_so(client, choir):
    def tags(reader):
        page = read(client.get(path(reader=reader)).content.decode())
        return [one.text() for one in page.all("span") if one.get("class") == "tag"]

    assert 'lang="sv"' in client.get(path()).content.decode()
    assert len(tags("fi")) == 1
    assert "ruotsi" in tags("fi")[0]
    assert tags("sv") == []


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_listing_page_has_all_facts_in_the_readers_language(client, choir, language):
    with translation.override(language):
        response = client.get(reverse("listing_detail", args=[choir.slug]))
    page = response.content.decode()
    facts = response.context["listing"]
    assert response.status_code == 200
    for fact in (
        facts["price_label"],
        facts["level_label"],
        facts["participation_label"],
        *facts["language_names"],
    ):
        assert fact
        assert fact.replace("&", "&amp;") in page
    assert "Vi sjunger tillsammans" in page
    assert "ohjaaja@example.org" in page


def test_organization_page_shows_its_public_listings_only(client, cafe, choir):
    response = client.get(reverse("organization_detail", args=[cafe.organization.slug]))
    assert titles(response) == ["Kielikahvila kirjastossa"]


def test_start_page_counts_what_the_list_finds(client, cafe, choir):
    response = client.get(path("start"))
    links = [*response.context["streets"], *response.context["other_forms"], *response.context["tiles"]]
    assert sum(link["count"] for link in response.context["tiles"]) == 2
    for link in links:
        assert client.get(link["url"]).context["total"] == link["count"], link


def test_empty_list_proposes_everything_when_no_single_step_helps(client, cafe):
    response = client.get(path(words="xyzzy", childcare="yes", municipality="837"))
    (way,) = response.context["ways"]
    assert client.get(way["url"]).context["total"] == 1
