"""With the headers that the portal sends, a browser has nothing to refuse: on public pages, behind a sign-in, in the
administration. The second factor has a journey of its own (`test_second_factor.py`), and every page is shown with its
headers in `test_every_page.py`: what a browser refuses is a failure there, too.
"""

import pytest

from listings.models import Synonym
from tests import factories
from tests.guards.world import World, address

pytestmark = [pytest.mark.browser, pytest.mark.pages]


@pytest.fixture
def world(new_visitor) -> World:
    return World()


def look(visitor, url: str) -> None:
    """Open a page and wait until all that it loads is there."""
    response = visitor.page.goto(visitor.origin + url, wait_until="networkidle")
    assert response.status == 200, url
    assert "default-src 'none'" in response.headers["content-security-policy"]
    # Django's administration names no icon, so that browsers look for one.
    assert [text for text in visitor.failures if "favicon.ico" not in text] == [], url
    assert visitor.elsewhere == [], url


def test_refused_script_and_style_are_noticed(world, new_visitor):
    """The counter-proof: what the policy forbids does not run, and the console says so."""
    visitor = new_visitor()
    look(visitor, address("start"))
    inline = '<p id="x" style="color: red" onclick="document.title = 1">x</p>'
    inline += '<img src="data:," onerror="document.title = 2">'
    visitor.page.evaluate("inline => document.body.insertAdjacentHTML('beforeend', inline)", inline)
    visitor.one("#x").click()
    assert visitor.page.title() not in ("1", "2")
    assert len([text for text in visitor.failures if "Content Security Policy" in text]) >= 3


@pytest.mark.each_page
def test_public_pages_need_nothing_that_the_policy_forbids(world, new_visitor):
    listing = world.home.version("published").listing
    visitor = new_visitor()
    for name in (
        "start",
        "listing_list",
        "listing_map",
        "listing_week",
        "pictures",
        "account_login",
        "feedback",
    ):
        look(visitor, address(name))
    look(visitor, address("listing_detail", (listing.slug,)))
    look(visitor, address("organization_detail", (world.pictured.organization.slug,)))
    look(visitor, address("page", ("privacy",)))


def test_list_is_filtered_by_script_under_the_policy(world, new_visitor):
    """htmx asks, and puts in what comes, without anything inline."""
    _listing = world.home.version("published")
    visitor = new_visitor()
    look(visitor, address("listing_list"))
    visitor.page.locator("[name=order]").select_option("newest")
    visitor.page.wait_for_url("**order=newest**")
    assert visitor.failures == []


@pytest.mark.each_page
def test_administration_and_operators_pages_need_nothing_that_the_policy_forbids(world, new_visitor):
    synonym = Synonym.objects.create(language="fi", words="neulonta", means="form:crafts_and_food")
    visitor = new_visitor(factories.UserFactory(operator=True))
    for name in (
        "operator_gallery",
        "admin:index",
        "admin:organizations_user_changelist",
        "admin:portal_page_changelist",
    ):
        look(visitor, address(name))
    look(visitor, address("admin:listings_synonym_change", (synonym.pk,)))
    look(visitor, address("operator_mail_sample", ("listings_to_confirm", "fi")))
    frame = visitor.page.frame_locator("iframe")
    assert frame.locator("body").inner_text().strip()
