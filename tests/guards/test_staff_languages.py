"""What only staff reads is written in three languages, and nobody is shown it in another one."""

import pytest
from django.test import Client

from portal.staff_pages import STAFF_LANGUAGES
from tests.guards.addresses import FOR_STAFF
from tests.guards.sights import PAGES, furnish
from tests.guards.world import World, address, client_of, person

pytestmark = pytest.mark.pages
# Those that somebody opens; what a form leads to when it is wrong is shown in the language of the form.
STAFF_PAGES = [name for name in PAGES if name in FOR_STAFF and any(sight.posted is None for sight in PAGES[name])]


@pytest.fixture
def world(kept_world: World) -> World:
    return kept_world


def test_there_are_pages_of_staff():
    assert len(STAFF_PAGES) > 20
    assert {"moderation_queue", "version_decide", "operator_running", "audit_log"} <= set(STAFF_PAGES)


@pytest.mark.parametrize("name", STAFF_PAGES)
def test_page_of_staff_leads_to_a_language_in_which_it_is_written(world, name):
    furnish(world, name)
    sight = next(sight for sight in PAGES[name] if sight.posted is None)
    client, url = sight.place(world, "ar")
    response = client.get(url)
    assert response.status_code == 302
    assert response.headers["Location"] in [f"/{code}{url.removeprefix('/ar')}" for code in STAFF_LANGUAGES]


@pytest.mark.parametrize(
    ("of_mails", "asked", "expected"),
    [("sv", "en", "sv"), ("so", "so,en-GB;q=0.7,fi;q=0.5", "en"), ("ar", "ar,xx;q=0.3", "fi"), ("ar", "", "fi")],
)
def test_language_of_staff_is_that_of_their_mails_or_of_the_browser(db, of_mails, asked, expected):
    client = client_of(person(is_moderator=True, preferred_language=of_mails))
    response = client.get("/ar/moderation/?kind=version&hold=free", headers={"Accept-Language": asked})
    assert response.headers["Location"] == f"/{expected}/moderation/?kind=version&hold=free"


@pytest.mark.parametrize(("opened", "expected"), [(("ar", "sv"), "/sv/moderation/"), (("ar", "so"), None)])
def test_pages_of_staff_are_shown_in_what_there_is(db, settings, opened, expected):
    """Where Finnish is closed they lead to another of the three, and where all are closed nowhere."""
    settings.LANGUAGES = [one for one in settings.LANGUAGES if one[0] in opened]
    client = client_of(person(is_moderator=True, preferred_language="fi"))
    response = client.get("/ar/moderation/", headers={"Accept-Language": "fi"})
    assert (response.status_code, response.headers.get("Location")) == ((302, expected) if expected else (200, None))


def test_others_are_told_in_their_own_language_that_there_is_no_such_page(db):
    response = client_of(person()).get("/ar/moderation/")
    assert response.status_code == 404
    assert '<html lang="ar" dir="rtl">' in response.content.decode()
    assert Client().get("/ar/moderation/").status_code == 302, "they sign in first"


def test_switch_of_languages_offers_what_there_is(world):
    client = client_of(world.moderator)
    page = client.get(address("moderation_queue", (), "fi"))
    assert {one["code"] for one in page.context["alternates"]} == {*STAFF_LANGUAGES, "fi-simple", "sv-simple"}
    assert len(client.get(address("listing_list", (), "fi")).context["alternates"]) == 15
