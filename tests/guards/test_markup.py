"""Every page is well-formed, has one outline, names its controls, pictures and languages, and nothing inline."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.views.defaults import page_not_found, permission_denied, server_error

from portal.languages import direction
from tests.guards.access_matrix import ARGUMENTS
from tests.guards.html_standard import parse_errors
from tests.guards.markup import read
from tests.guards.markup_rules import RULES, faults_of
from tests.guards.sights import PAGES, furnish, is_in
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

BAD = """<html lang="fi" dir="rtl"><body style="x">
<h1 id="a">One</h1><h3 id="a">Three</h3><img src="https://x.org/a.png">
<input id="b"><table><tr><td></td></tr></table><svg></svg><script>1</script>
<p>مقهى</p><a href="#c">c</a><ul><p alt="x">y</p></ul></body></html>"""
# One mistake each, which browsers mend in silence.
UNSOUND = (
    "<table><div>x</div></table>",
    '<a href="x"><a href="y">z</a></a>',
    '<p class="x" class="y">z</p>',
    "<p><div>x</div></p>",
    "<div><span>x</div>",
    "<b><i>x</b></i>",
    "<div/>",
    "<form><form></form></form>",
    '<p a"b="c">x</p>',
    "<p>&nothing; x</p>",
)


@pytest.fixture
def world(kept_world: World) -> World:
    """The same for all: nothing that is looked at here changes it."""
    return kept_world


def test_each_rule_finds_its_fault():
    page = read(BAD)
    assert [rule.__name__ for rule in RULES if not rule(page)] == []


def test_element_that_is_never_closed_is_noticed():
    with pytest.raises(AssertionError, match="closes"):
        read("<html><p><b>text</p></html>")


@pytest.mark.parametrize("unsound", UNSOUND)
def test_error_of_parsing_is_noticed(unsound):
    page = "<!doctype html><html><head><title>x</title></head><body>{}</body></html>"
    assert parse_errors(page.format("<p>x &amp; y</p>")) == []
    assert parse_errors(page.format(unsound)) != []


@pytest.mark.parametrize("name", list(PAGES))
def test_page_has_good_markup(world, name):
    furnish(world, name)
    for sight in PAGES[name]:
        html = sight.response(world).content.decode()
        assert parse_errors(html) == [], sight
        page = read(html)
        assert next(page.all("html")).get("lang") == "fi"
        assert faults_of(page) == [], sight


@pytest.mark.parametrize("language", ["sv", "en", "ar", "zh-hans"])
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
