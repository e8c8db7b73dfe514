"""What is not public shows on no page that readers see: not its words, not in a number, not through the search."""

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote, unquote

from django.conf import settings

from listings import actions as listing_actions
from listings.confirming import ConfirmationLink
from listings.feeds.sitemaps import SITEMAPS
from listings.forms import ListingFilter
from listings.models import Listing, Version
from listings.search import search
from moderation import actions as moderation_actions
from organizations.models import Organization
from tests import factories
from tests.guards.access_matrix import MATRIX
from tests.guards.world import Home, World, address, client_of

WORD = "kissankellokerho"
ANSWERS = {
    "title": {"fi": f"Kylän {WORD}"},
    "summary": {"fi": f"Tule mukaan: {WORD}."},
    "easy_summary": {"fi": f"Tule. Täällä on {WORD}."},
    "description": {"fi": f"Täällä kokoontuu {WORD}."},
    "language_support": {"fi": f"Näin {WORD} puhuu."},
    "childcare": True,
    "location_mode": "hybrid",
    "schedule_kind": "weekly",
}

# A value of each filter that the listing above has.
FILTERS = {
    "words": WORD,
    "municipality": "564",
    "region": "17",
    "participation": "open",
    "free": "yes",
    "form": "language_club",
    "language": "fi",
    "language_level": "none",
    "weekday": "mon",
    "target_group": "everyone",
    "online": "yes",
    "childcare": "yes",
    "accessible": "yes",
    "evening": "yes",
    "when": "week",
    "order": "newest",
    "near": "091",
}

# Each way in which a listing is not public.
OF_LISTING = ("draft", "submitted", "returned", "rejected", "withdrawn", "hidden", "over", "unconfirmed")
OF_ORGANIZATION = (
    Organization.State.PENDING,
    Organization.State.SUSPENDED,
    Organization.State.DECLINED,
)
WAYS = [*OF_LISTING, *map(str, OF_ORGANIZATION)]

# What else shows a list of activities, in the same searches
OF_A_SEARCH = ("listing_list_feed", "listing_list_calendar", "listing_week")
OF_A_LISTING = ("listing_detail", "listing_feed", "listing_calendar")
OF_AN_ORGANIZATION = ("organization_detail", "organization_feed", "organization_calendar")
SURFACES = {"choose_language", "pictures"}
SURFACES |= {"start", "listing_list", "professional_list", "professional_list_feed", "professional_list_calendar"}
SURFACES |= {"professional_week", "listing_map", "professional_map", "suggest", "professional_suggest"}
SURFACES |= {"sitemap", "sitemap_section", *OF_A_SEARCH, *OF_A_LISTING, *OF_AN_ORGANIZATION}
# What counts listings or suggests words
WITHOUT_TITLES = tuple(f"/fi/activities/{name}/" for name in ("map", "suggest"))
# Pages without listings
OTHERS = {"page", "rules", "rule", "rules_organizations", "rules_forms", "robots", "logo", "invitation"}
OTHERS |= {"security_txt"}
OTHERS |= {"decision_reports", "decision_report", "decision_report_csv"}
OTHERS |= {"listing_report", "report_thanks", "listing_confirm_by_link", "mail_unsubscribe"}
OTHERS |= {"feedback", "feedback_thanks", "health_live", "health_ready"}


def test_every_public_address_is_a_surface():
    public = {name for name, one in MATRIX.items() if one.get["anonymous"] == "200" and not name.startswith("account_")}
    assert public == SURFACES | OTHERS


def test_every_filter_is_tried():
    assert set(FILTERS) == set(ListingFilter.base_filters)


def lists() -> Iterable[str]:
    """The start page, both lists, and the lists under each filter and under all of them."""
    yield address("start")
    yield address("choose_language")
    yield address("pictures")
    yield address("pictures") + "?form=language_club"
    yield address("professional_list")
    yield f"{address('professional_list')}?words={WORD}"
    yield address("professional_list_feed")
    yield address("professional_list_calendar")
    yield address("professional_week")
    yield address("listing_map") + "?region=17"
    yield address("professional_map")
    yield address("suggest") + f"?words={WORD[:6]}"
    yield address("suggest") + "?words=" + quote("kylä")
    yield address("professional_suggest") + f"?words={WORD[:6]}"
    yield address("sitemap")
    yield from (address("sitemap_section", (section,)) for section in SITEMAPS)
    for name in ("listing_list", *OF_A_SEARCH):
        url = address(name)
        yield url
        yield from (f"{url}?{key}={value}" for key, value in FILTERS.items())
        yield url + "?" + "&".join(f"{key}={value}" for key, value in FILTERS.items())


def pages(world: World) -> dict[str, str]:
    """All of them as a stranger sees them now."""
    client = client_of(None)
    return {url: client.get(url).content.decode() for url in lists()}


def own_pages(listing: Listing) -> dict[str, str]:
    slug = listing.slug or f"kylan-{WORD}-{listing.pk}"
    own = {name: address(name, (slug,)) for name in OF_A_LISTING}
    return own | {name: address(name, (listing.organization.slug,)) for name in OF_AN_ORGANIZATION}


def test_public_listing_shows_everywhere(world):
    """The counter-proof: the pages and filters below find it as long as it is public."""
    world.home.answers = ANSWERS
    before = pages(world)
    listing = world.home.version("published").listing
    activities = tuple(address(name) for name in ("listing_list", *OF_A_SEARCH))
    after = pages(world)
    assert len(after) == 95
    for url, html in after.items():
        if url.startswith(activities) and not url.startswith(WITHOUT_TITLES):
            assert f"Kylän {WORD}" in html, url
    for name in ("start", "pictures", "listing_map"):
        changed = [url for url, html in after.items() if url.startswith(address(name)) and html != before[url]]
        assert changed, name
    assert f'value="{WORD}"' in after[address("suggest") + f"?words={WORD[:6]}"]
    for url in own_pages(listing).values():
        assert f"Kylän {WORD}" in client_of(None).get(url).content.decode()


def test_listing_that_is_not_public_shows_nowhere(world):
    """One for each way in which it is not, all at once, so that the pages are asked for twice and not twelve times."""
    before = pages(world)
    versions = {way: hidden(World().home, way) for way in WAYS}
    assert len(versions) == 11
    assert changed(before, pages(world)) == []
    for user in (None, world.other.main_user):
        client = client_of(user)
        for way, version in versions.items():
            for what, url in own_pages(version.listing).items():
                response = client.get(url)
                slug = version.listing.slug or url.split("/")[3]
                assert WORD not in response.content.decode().replace(slug, ""), f"{way}: {what}"
                if what in OF_A_LISTING or way in OF_ORGANIZATION:
                    assert response.status_code == 404, f"{way}: {what}"


def changed(before: dict[str, str], after: dict[str, str]) -> list[str]:
    return [url for url, html in after.items() if before[url] != html]


def hidden(home: Home, way: str) -> Version:
    """A listing that is not public in this way. It is there, with its words in the database."""
    home.answers = ANSWERS
    if way in OF_LISTING:
        version = home.version(way)
    else:
        version = home.version("published")
        home.become(way)
    assert version.texts("title") == {"fi": f"Kylän {WORD}"}
    assert not version.listing.is_public
    return version


def test_new_words_stay_hidden_while_the_old_version_is_public(world):
    homes = {state: World().home for state in ("draft", "submitted", "returned", "rejected")}
    listings = [home.version("published").listing for home in homes.values()]

    def seen() -> dict[str, str]:
        client = client_of(None)
        own = [url for listing in listings for url in own_pages(listing).values()]
        return {**pages(world), **{url: client.get(url).content.decode() for url in own}}

    before = seen()
    for (state, home), listing in zip(homes.items(), listings, strict=True):
        give_new_words(world, home, listing, state)
    assert changed(before, seen()) == []
    assert all(listing.is_public for listing in listings)


def give_new_words(world: World, home: Home, listing: Listing, state: str) -> None:
    """A new version with other words in this state; the old one stays public."""
    version = listing_actions.open_new_version(listing, by=home.editor)
    changes = {**ANSWERS, "venue": WORD, "address": WORD, "contact_name": WORD, "forms": ["sports"]}
    version = listing_actions.save_answers(version, by=home.editor, answers=changes)
    if state != "draft":
        version = factories.submitted(version, by=home.editor)
    if state in ("returned", "rejected"):
        decide = moderation_actions.send_back if state == "returned" else moderation_actions.reject
        decide(version, by=world.moderator, reasons=["no-referral"], message="")
    version.refresh_from_db()
    assert (version.state, version.venue) == (state, WORD)


SECRET = {"venue": "Karhunpesätalo", "address": "Piilopolku 17", "postal_code": "90777"}


def test_place_that_is_not_to_be_shown_stands_on_no_surface(world):
    """For people who have to be careful: no page, feed, calendar, mail subject or search tells the place."""
    home = world.home
    listing = home.published(**ANSWERS, **SECRET, is_discreet=True).listing
    link = ConfirmationLink(listing, home.editor, listing.published_version.pk, listing.confirmed_on)
    more = [address("listing_report", (listing.slug,)), address("listing_confirm_by_link", (link.key,))]
    client = client_of(None)
    seen = {**pages(world), **{url: client.get(url).content.decode() for url in [*own_pages(listing).values(), *more]}}
    assert len(seen) > 95
    assert sum(f"Kylän {WORD}" in html for html in seen.values()) > 60
    for url, html in seen.items():
        for secret in SECRET.values():
            assert secret not in unquote(html).replace("\r\n ", ""), url
    for word in ("karhunpesätalo", "piilopolku", "90777"):
        assert search(words=word).ids == [], word
    page = client.get(listing.get_absolute_url()).content.decode()
    assert "Oulu" in page
    before_all_else = page[page.index("<body") : page.index('class="skip"')]
    assert f'href="{settings.QUICK_EXIT_URL}" rel="noreferrer nofollow"' in before_all_else
    # The counter-proof: ticked off, the place is public at once; the organization and moderators know it anyway.
    version = listing_actions.open_new_version(listing, by=home.editor)
    assert SECRET["address"] in client_of(home.editor).get(_when_and_where(listing)).content.decode()
    version = listing_actions.save_answers(version, by=home.editor, answers={"is_discreet": False})
    assert factories.submitted(version, by=home.editor).state == "published"
    page = client.get(listing.get_absolute_url()).content.decode()
    assert SECRET["address"] in page
    assert settings.QUICK_EXIT_URL not in page
    assert search(words="karhunpesätalo").ids == [listing.pk]


def _when_and_where(listing: Listing) -> str:
    return address("listing_step", (listing.pk, "when-and-where"))


def test_moderator_sees_the_place_that_readers_do_not(world):
    version = world.home.submitted(**SECRET, is_discreet=True)
    page = client_of(world.moderator).get(address("version_decide", (version.pk,))).content.decode()
    assert SECRET["address"] in page


def test_no_mail_names_a_listing_in_its_subject():
    subjects = {
        file.name: file.read_text(encoding="utf-8").partition("\n")[0]
        for file in (Path(settings.BASE_DIR) / "templates" / "emails").glob("[!_]*.txt")
    }
    assert len(subjects) > 30
    for name, subject in subjects.items():
        assert "title" not in subject, f"{name}: a listing may be for people who have to be careful"
