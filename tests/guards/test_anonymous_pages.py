"""Pages for strangers set no cookie, come from one host, and may be kept; pages for members are kept by nobody."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.guards.access_matrix import MATRIX
from tests.guards.markup import read
from tests.guards.markup_rules import other_hosts
from tests.guards.sights import SIGHTS
from tests.guards.test_access import NAMES
from tests.guards.world import World

# Where one signs in, or answers an invitation without having signed in.
WITH_FORMS = ("account_", "invitation")

PUBLIC = [
    sight
    for sight in SIGHTS
    if sight.role == "anonymous" and sight.posted is None and not sight.name.startswith(WITH_FORMS)
]
# The link of a mail shows what is true at this moment, and to nobody but its recipient.
OF_A_MAIL = {"listing_confirm_by_link", "mail_unsubscribe"}
# The form carries the time at which it was opened.
WITH_A_SIGNED_TIME = {"listing_report", "feedback"}
# How the portal is at this moment
PROBES = {"health_live", "health_ready"}
KEPT = [sight for sight in PUBLIC if sight.status == 200 and sight.name not in OF_A_MAIL | WITH_A_SIGNED_TIME | PROBES]
# The browser's language changes them, though their addresses name none; a logo is a file and asks the database nothing.
MADE_EACH_TIME = {"choose_language", "robots", "security_txt", "sitemap", "sitemap_section", "logo"}
# One signs in with a form; the cookie that guards it is set only there.
FORMS = [sight for sight in SIGHTS if sight.role == "anonymous" and sight.name.startswith(WITH_FORMS)]
PRIVATE = [
    sight
    for sight in SIGHTS
    if sight.role in ("editor", "moderator", "operator") and not sight.posted and MATRIX[sight.name].is_page
]


@pytest.fixture
def world(kept_world: World) -> World:
    """The same for all: nothing that is looked at here changes it."""
    return kept_world


def test_pages_are_found():
    assert len(KEPT) >= 12
    assert {sight.name for sight in KEPT} >= {"start", "listing_list", "listing_detail", "organization_detail", "page"}
    assert len(FORMS) >= 8
    assert {sight.name for sight in KEPT} >= MADE_EACH_TIME
    assert len(PRIVATE) > 40
    assert len(NAMES) > 40


@pytest.mark.parametrize("sight", PUBLIC, ids=str)
def test_public_page_sets_no_cookie_and_loads_nothing_from_elsewhere(world, sight):
    response = sight.response(world)
    html = response.content.decode(errors="replace")
    assert "Set-Cookie" not in response.headers
    assert not response.cookies
    assert "csrfmiddlewaretoken" not in html
    if MATRIX[sight.name].is_page:
        assert other_hosts(read(html)) == []


@pytest.mark.parametrize("sight", KEPT, ids=str)
def test_public_page_may_be_kept_and_is_not_sent_twice(world, sight):
    client, url = sight.place(world)
    response = client.get(url)
    kept = response.headers["Cache-Control"]
    assert "public" in kept
    assert "max-age=" in kept
    assert "private" not in kept
    # What programs read is the same for everybody.
    assert "Cookie" in response.headers.get("Vary", "") or not MATRIX[sight.name].is_page
    again = client.get(url, headers={"if-none-match": response.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "Set-Cookie" not in again.headers
    other = client.get(url, headers={"if-none-match": '"another"'})
    assert other.status_code == 200


@pytest.mark.parametrize("sight", [one for one in KEPT if one.name not in MADE_EACH_TIME], ids=str)
def test_public_page_is_made_once(world, sight, settings):
    settings.PAGES_ARE_KEPT = True
    client, url = sight.place(world)
    first = client.get(url)
    with CaptureQueriesContext(connection) as queries:
        second = client.get(url)
    assert second.content == first.content
    assert len(queries) == 1, "Is the view marked with @kept and the parameters that it reads?"


@pytest.mark.parametrize("sight", FORMS, ids=str)
def test_page_with_a_form_is_kept_by_nobody(world, sight):
    response = sight.response(world)
    if "csrfmiddlewaretoken" in response.content.decode():
        assert "no-store" in response.headers["Cache-Control"]
        assert "public" not in response.headers["Cache-Control"]
    assert set(response.cookies) <= {"csrftoken"}


@pytest.mark.parametrize("name", sorted({sight.name for sight in PRIVATE}))
def test_page_of_a_member_is_kept_by_nobody(world, name):
    for sight in PRIVATE:
        if sight.name == name:
            kept = sight.response(world).headers["Cache-Control"]
            assert "no-store" in kept, sight
            assert "private" in kept, sight
            assert "public" not in kept, sight
