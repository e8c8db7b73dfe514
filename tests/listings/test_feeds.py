"""The Atom feeds, the data in pages, the sitemaps and what search engines are told."""

import json
import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.template import Context, Template
from django.urls import reverse
from django.utils import timezone, translation

from listings.models import Session
from tests import factories
from tests.guards.markup import read

LANGUAGES = dict(settings.LANGUAGES)

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def path(name, *args, reader="fi", **query):
    with translation.override(reader):
        return reverse(name, args=args, query=query)


def feed(client, name="listing_list_feed", *args, **query):
    response = client.get(path(name, *args, **query))
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def titles(root) -> list[str]:
    return [entry.text for entry in root.findall("a:entry/a:title", ATOM)]


def head(client, url):
    return next(read(client.get(url).content.decode()).all("head"))


def linked_data(client, url):
    (script,) = [one for one in head(client, url).all("script") if one.get("type") == "application/ld+json"]
    return json.loads("".join(script.texts))


@pytest.fixture
def cafe():
    return factories.public_listing()


def test_feed_has_the_newest_first_and_names_each_language(client, cafe):
    other = factories.public_listing(
        title={"sv": "Kör & <dans>"}, summary={"sv": "Vi <b>sjunger</b>."}, description={"sv": "Vi sjunger."}
    )
    root = feed(client)
    assert root.get(LANG) == "fi"
    assert titles(root) == ["Kör & <dans>", "Kielikahvila kirjastossa"]
    first = root.find("a:entry", ATOM)
    assert first.get(LANG) == "sv"
    assert first.find("a:link", ATOM).get("href").endswith(f"/fi/activities/{other.slug}/")
    summary = first.find("a:summary", ATOM)
    assert summary.get("type") == "html"
    assert '<p lang="sv" dir="ltr">Vi &lt;b&gt;sjunger&lt;/b&gt;.</p>' in summary.text
    assert first.find("a:author/a:name", ATOM).text == str(other.organization)


def test_feed_names_itself_and_its_page_in_one_order_of_parameters(client, cafe):
    query = {"form": "language_club", "municipality": "564", "order": "soonest"}
    root = feed(client, **query)
    addresses = {link.get("rel"): link.get("href") for link in root.findall("a:link", ATOM)}
    assert addresses["self"].endswith("/fi/activities/feed.atom?municipality=564&form=language_club")
    assert addresses["alternate"].endswith("/fi/activities/?municipality=564&form=language_club")
    assert root.find("a:id", ATOM).text == addresses["self"]
    assert titles(root) == ["Kielikahvila kirjastossa"]


def test_entry_has_one_identifier_in_every_language(client, cafe):
    found = {feed(client, reader=reader).find("a:entry/a:id", ATOM).text for reader in ("fi", "sv", "en")}
    assert len(found) == 1


def test_feed_of_a_listing_tells_of_cancelled_meetings_to_come(client, cafe):
    coming = cafe.sessions.filter(on__gt=timezone.localdate()).first()
    Session.objects.filter(pk=coming.pk).update(cancelled_at=timezone.now())
    past = timezone.localdate() - timedelta(days=7)
    Session.objects.create(listing=cafe, on=past, weekday="mon", cancelled_at=timezone.now())
    root = feed(client, "listing_feed", cafe.slug)
    assert len(titles(root)) == 2
    assert len({one.text for one in root.findall("a:entry/a:id", ATOM)}) == 2
    assert "Kielikahvila kirjastossa" in titles(root)[1]


def test_feed_of_an_organization_has_its_own_listings(client, cafe):
    factories.public_listing(title={"fi": "Toisten kerho"})
    assert titles(feed(client, "organization_feed", cafe.organization.slug)) == ["Kielikahvila kirjastossa"]


@pytest.mark.parametrize("name", ["listing_list_feed", "listing_list_calendar", "professional_list_feed"])
@pytest.mark.parametrize("query", [{"form": "no-such"}, {"municipality": "999"}, {"words": "a\0b"}, {"free": "maybe"}])
def test_wrong_value_is_refused_in_words(client, cafe, name, query):
    response = client.get(path(name, **query))
    assert response.status_code == 400
    assert response.headers["Content-Type"].startswith("text/plain")
    assert response.content


@pytest.mark.parametrize("name", ["listing_list_feed", "listing_list_calendar"])
def test_control_characters_do_not_break_a_feed(client, name):
    factories.public_listing(title={"fi": "Kerho\x0b\x1f!"}, summary={"fi": "Tule\x01\x08."})
    for query in ({}, {"words": "kerho\x01\x1f\ufffe"}):
        response = client.get(path(name, **query))
        assert response.status_code == 200
        assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", response.content.decode())


def test_pages_lead_to_their_feeds(client, cafe):
    pages = {
        path("listing_list", form="language_club"): "?form=language_club",
        path("listing_detail", cafe.slug): cafe.slug,
        path("organization_detail", cafe.organization.slug): cafe.organization.slug,
    }
    for page, part in pages.items():
        links = [one for one in head(client, page).all("link") if "alternate" in one.get("rel") and one.get("type")]
        assert {one.get("type") for one in links} == {"application/atom+xml", "text/calendar"}
        for link in links:
            assert part in link.get("href")
            assert client.get(link.get("href")).headers["Content-Type"].startswith(link.get("type"))


def test_listing_is_a_series_with_its_next_meetings(client, cafe):
    session = cafe.sessions.first()
    Session.objects.filter(pk=session.pk).update(cancelled_at=timezone.now())
    data = linked_data(client, path("listing_detail", cafe.slug))
    assert data["@type"] == "EventSeries"
    assert data["name"] == "Kielikahvila kirjastossa"
    assert data["isAccessibleForFree"] is True
    assert data["eventSchedule"]["byDay"] == ["https://schema.org/Monday"]
    assert data["location"][0]["address"]["addressLocality"] == "Oulu"
    first, second = data["subEvent"][:2]
    assert first["startDate"].startswith(f"{session.on}T17:00:00+0")
    assert first["eventStatus"].endswith("EventCancelled")
    assert second["eventStatus"].endswith("EventScheduled")
    assert second["organizer"]["name"] == str(cafe.organization)
    assert "ohjaaja@example.org" not in json.dumps(data)


CONTINUOUS = {"schedule_kind": "continuous", "weekdays": [], "starts": None, "ends": None, "last_date": None}


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("Course", {"forms": ["language_course"]}),
        ("Course", {"forms": ["language_course"], **CONTINUOUS}),
        ("Service", {"forms": ["guidance"], **CONTINUOUS}),
        (
            "EventSeries",
            {"location_mode": "online", "municipalities": [], "venue": "", "address": "", "postal_code": ""},
        ),
        ("EventSeries", {"price_kind": "fee", "fee_amount": "5.50", "fee_purpose": "materials"}),
    ],
)
def test_kind_of_data_follows_the_kind_of_activity(client, kind, changes):
    listing = factories.public_listing(**changes)
    data = linked_data(client, path("listing_detail", listing.slug))
    assert (data["@context"], data["@type"]) == ("https://schema.org", kind)
    assert data["offers"]["price"] == str(changes.get("fee_amount", 0))
    if changes.get("location_mode") == "online":
        assert [place["@type"] for place in data["location"]] == ["VirtualLocation"]


def test_data_in_a_page_cannot_close_its_element():
    text = "</script><script>alert(1)</script><!-- & ]]>"
    written = Template("{{ data|as_json }}").render(Context({"data": {"name": text}}))
    assert not set("<>&") & set(written)
    assert json.loads(written) == {"name": text}


def test_organization_page_says_who_it_is(client, cafe):
    data = linked_data(client, path("organization_detail", cafe.organization.slug))
    assert (data["@type"], data["name"]) == ("Organization", str(cafe.organization))
    assert "contact" not in json.dumps(data).lower()


def canonical(client, url) -> str:
    (link,) = [one for one in head(client, url).all("link") if one.get("rel") == "canonical"]
    return link.get("href")


def test_canonical_address_has_one_order_and_only_what_changes_the_page(client, cafe):
    base = "http://127.0.0.1:8000/fi/activities/"
    asked = "?utm_source=x&free=yes&form=language_club&municipality=564&page=1&order=newest&language=xx"
    page = path("listing_list") + asked.replace("&language=xx", "")
    assert canonical(client, page) == base + "?municipality=564&free=yes&form=language_club"
    assert canonical(client, path("listing_detail", cafe.slug) + "?utm_source=x") == f"{base}{cafe.slug}/"
    others = {one.get("hreflang"): one.get("href") for one in head(client, page).all("link") if one.get("hreflang")}
    assert others["sv"] == base.replace("/fi/", "/sv/") + "?municipality=564&free=yes&form=language_club"


@pytest.mark.parametrize(
    ("query", "is_listed"),
    [
        ({}, True),
        ({"municipality": "564"}, True),
        ({"municipality": "564", "form": "language_club"}, True),
        ({"municipality": "564", "form": "language_club", "free": "yes"}, False),
        ({"form": ["language_club", "sports", "culture"]}, False),
        ({"words": "kielikahvila"}, False),
        ({"order": "newest"}, False),
        ({"municipality": "837"}, False),  # nothing there
    ],
)
def test_search_engines_leave_out_deep_combinations(client, cafe, query, is_listed):
    robots = [
        one.get("content")
        for one in head(client, path("listing_list", **query)).all("meta")
        if one.get("name") == "robots"
    ]
    assert robots == ([] if is_listed else ["noindex, follow"])


def allowed(rules: str, url: str) -> bool:
    """Whether a crawler may fetch an address: the longest rule that fits decides (RFC 9309)."""
    fitting = []
    for line in rules.splitlines():
        name, _colon, pattern = line.partition(":")
        if name in ("Allow", "Disallow"):
            expression = ".*".join(map(re.escape, pattern.strip().split("*")))
            if re.match(expression, url):
                fitting.append((len(pattern.strip()), name == "Allow"))
    return max(fitting, default=(0, True))[1]


def test_robots_keep_to_public_pages(client, cafe):
    response = client.get("/robots.txt")
    rules = response.content.decode()
    assert response.headers["Content-Type"].startswith("text/plain")
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in rules
    for url in (
        path("start"),
        path("listing_list", form="sports", page=2),
        path("listing_detail", cafe.slug),
        path("listing_list_calendar", form="sports", free="yes", words="jalkapallo"),
        path("listing_list_feed", form="sports", free="yes", municipality="564"),
        "/static/portal/portal.css",
        "/sitemap.xml",
    ):
        assert allowed(rules, url), url
    for url in (
        path("desk", reader="sv"),
        path("moderation_queue"),
        path("account_login"),
        path("admin:index"),
        path("listing_list", words="x"),
        path("listing_list", form="sports", free="yes", municipality="564"),
    ):
        assert not allowed(rules, url), url


def locations(client, url) -> list[str]:
    response = client.get(url)
    assert response.status_code == 200
    root = ElementTree.fromstring(response.content)
    return [one.text for one in root.iter(f"{{{SITEMAP['s']}}}loc")]


def test_sitemaps_lead_to_every_public_page_in_every_language(client, cafe):
    indexed = locations(client, "/sitemap.xml")
    assert len(indexed) == 4
    found = [url for section in indexed for url in locations(client, section.replace("http://testserver", ""))]
    for reader in ("fi", "sv", "en"):
        for url in (
            path("start", reader=reader),
            path("listing_detail", cafe.slug, reader=reader),
            path("organization_detail", cafe.organization.slug, reader=reader),
            path("listing_list", municipality="564", reader=reader),
            path("page", "about", reader=reader),
        ):
            assert f"http://127.0.0.1:8000{url}" in found
    assert len(found) == len(set(found))
    for url in found:
        assert client.get(url.removeprefix("http://127.0.0.1:8000")).status_code == 200, url


def test_sitemap_names_the_other_languages_and_the_last_change(client, cafe):
    root = ElementTree.fromstring(client.get("/sitemap-listings.xml").content)
    for url in root.findall("s:url", SITEMAP):
        assert [one.get("hreflang") for one in url.findall("x:link", SITEMAP)] == list(LANGUAGES)
        assert url.find("s:lastmod", SITEMAP).text == str(cafe.published_version.changed_at.date())


def test_sitemap_is_cut_into_files(client, cafe, monkeypatch):
    factories.public_listing(municipalities=["837"])
    monkeypatch.setattr("listings.feeds.sitemaps.LINKS_PER_FILE", len(LANGUAGES) ** 2)
    indexed = locations(client, "/sitemap.xml")
    of_listings = [url.replace("http://testserver", "") for url in indexed if "listings" in url]
    assert len(of_listings) == 2
    assert all(len(locations(client, url)) == len(LANGUAGES) for url in of_listings)
    assert set(locations(client, of_listings[0])).isdisjoint(locations(client, of_listings[1]))
    for page in ("3", "x", "-1", "9" * 300):
        assert client.get(f"/sitemap-listings.xml?p={page}").status_code == 404
    assert client.get("/sitemap-nothing.xml").status_code == 404


def test_sharing_services_are_told_what_the_page_is(client, cafe):
    metas = {
        one.get("property"): one.get("content") for one in head(client, path("listing_detail", cafe.slug)).all("meta")
    }
    assert metas["og:title"] == "Kielikahvila kirjastossa"
    assert metas["og:description"] == "Puhutaan suomea yhdessä."
    assert metas["og:locale"] == "fi_FI"
    assert metas["og:url"].endswith(f"/fi/activities/{cafe.slug}/")
    assert metas["og:image"].startswith("http://127.0.0.1:8000/static/portal/sharing")
