"""Every page in every state is made once and looked at in each way: markup, variables, languages, who reads it."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.views.defaults import page_not_found, permission_denied, server_error

from portal.languages import direction
from tests.browser.again import again
from tests.guards.access_matrix import ARGUMENTS
from tests.guards.addresses import FOR_STAFF
from tests.guards.html_standard import parse_errors
from tests.guards.markup import read
from tests.guards.markup_rules import faults_of
from tests.guards.sights import BY_NAME, PAGES, SIGHTS, furnish, is_in
from tests.guards.world import World

pytestmark = pytest.mark.pages
FOREIGN_PAGES = (
    "start",
    "listing_list",
    "listing_detail",
    "organization_detail",
    "organization_desk",
    "organization_activity",
    "listing_manage",
    "listing_step",
    "moderation_queue",
    "version_decide",
)


@pytest.fixture
def world(kept_world: World) -> World:
    """The same for all: nothing that is looked at here changes it."""
    return kept_world


def test_there_are_many_pages():
    assert len(SIGHTS) > 100
    assert len(BY_NAME) > 25


@pytest.mark.parametrize("name", list(BY_NAME))
def test_page_is_sound_in_every_state(world, undefined, name):
    """Its markup, its variables, that looking writes nothing, and that only staff sees what is written for staff."""
    furnish(world, name)
    for sight in BY_NAME[name]:
        response = sight.response(world)
        assert sight.posted is not None or not response.has_written, f"{sight}: looking changes something"
        assert undefined.found == set(), sight
        if name not in PAGES:
            continue
        html = response.content.decode()
        assert parse_errors(html) == [], sight
        page = read(html)
        assert next(page.all("html")).get("lang") == "fi"
        assert faults_of(page) == [], sight
        assert is_of_staff(name) or for_staff(response) == set(), sight


def is_of_staff(name: str) -> bool:
    """The gallery shows how each part looks in each language; its own words are for those who build."""
    return name in FOR_STAFF or name == "operator_gallery"


def for_staff(response) -> set[str]:
    """The templates of a page that are written for staff, in fewer languages. All may read the month in numbers."""
    used = {template.name or "" for template in response.templates}
    of_staff = {one for one in used if one.startswith(("moderation/", "portal/operator_"))}
    return {one for one in of_staff if not one.startswith("moderation/decision_report")}


def test_template_of_staff_is_noticed(world):
    assert for_staff(BY_NAME["moderation_queue"][0].response(world))


@pytest.mark.parametrize("language", ["en", "ar", again("sv"), again("zh-hans")])
def test_page_has_good_markup_in_each_language(world, language):
    furnish(world, "organization_desk")
    looked_at = 0
    for name, sights in PAGES.items():
        if not is_in(name, language):
            continue
        # Pages in English may quote what is written in another language without a mark; Arabic letters may not.
        text = sights[0].response(world, language).content.decode()
        assert parse_errors(text) == [], name
        page = read(text)
        html = next(page.all("html"))
        assert (html.get("lang"), html.get("dir")) == (language, direction(language)), name
        assert faults_of(page) == [], name
        looked_at += 1
    assert looked_at > 25


@pytest.mark.parametrize("name", FOREIGN_PAGES)
def test_arabic_listing_is_marked_as_arabic_on_a_finnish_page(world, name):
    """The rule itself is in `foreign_texts`; here the text is known to be on the page."""
    version, draft = world.home.version("arabic"), world.home.version("arabic draft")
    world.home.submitted(**{field: draft.texts(field) for field in draft.TEXT_FIELDS})
    shown = 0
    for sight in PAGES[name]:
        if sight.kind in ARGUMENTS and sight.kind not in ("", "organization", "organization slug"):
            continue  # another listing
        html = sight.response(world).content.decode()
        shown += version.title_ar in html
        assert faults_of(read(html)) == [], sight
    assert name == "start" or shown > 0


@pytest.mark.parametrize("answer", [page_not_found, permission_denied, server_error], ids=lambda one: one.__name__)
def test_error_page_has_good_markup(db, answer):
    request = RequestFactory().get("/fi/")
    request.user = AnonymousUser()
    response = answer(request) if answer is server_error else answer(request, Exception())
    assert faults_of(read(response.content.decode())) == []
