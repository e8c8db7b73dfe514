"""What only a browser can tell about a page: whether it fits, what the keyboard reaches, what is asked of whom."""

from collections.abc import Iterator

import pytest

from listings.forms import STEP_CODES
from tests.browser.visitor import Visitor
from tests.guards.world import World, address

pytestmark = [pytest.mark.browser, pytest.mark.pages]

NARROWEST = 320


@pytest.fixture
def world(new_visitor) -> World:
    return World()


def public_pages(world: World, language: str = "fi") -> Iterator[str]:
    """Every kind of page that strangers see."""
    listings = [world.home.version(kind).listing for kind in ("published", "arabic", "online", "professional")]
    yield address("start", language=language)
    yield address("listing_list", language=language)
    yield address("listing_list", language=language) + "?municipality=564&form=language_club&participation=open"
    yield address("listing_list", language=language) + "?words=xyzzy&weekday=sun"
    yield address("professional_list", language=language)
    for listing in listings:
        yield address("listing_detail", (listing.slug,), language)
    yield address("organization_detail", (world.home.organization.slug,), language)
    yield address("page", ("accessibility",), language)
    for name in ("rules", "rules_organizations", "rules_forms"):
        yield address(name, language=language)
    yield address("rule", ("not-single-event",), language)


def account_pages(language: str = "fi") -> Iterator[str]:
    forms = ("account_login", "account_signup", "account_reset_password", "account_request_login_code")
    for name in (*forms, "account_email_verification_sent"):
        yield address(name, language=language)


def steps(world: World, kind: str, query: str = "", language: str = "fi") -> Iterator[str]:
    for code in STEP_CODES:
        yield address("listing_step", (world.home.version(kind).listing_id, code), language) + query


def desk_pages(world: World) -> Iterator[str]:
    """Every kind of page of somebody who writes listings for an organization and leads it."""
    home = world.home
    for kind in ("draft", "returned", "published", "changed"):
        yield address("listing_manage", (home.version(kind).listing_id,))
    yield from steps(world, "stopped", "?check=1")
    yield from steps(world, "returned")
    yield from steps(world, "with dates")
    yield address("organization_desk", (home.organization.pk,))
    yield address("organization_activity", (home.organization.pk,))
    yield address("listing_start", (home.organization.pk,))
    yield address("organization_people", (home.organization.pk,))
    yield address("organization_edit", (home.organization.pk,))
    yield address("organization_register")
    yield address("account_settings")
    yield address("account_email")
    yield address("account_logout")


def moderation_pages(world: World) -> Iterator[str]:
    yield address("version_decide", (world.home.version("worrying").pk,))
    yield address("version_decide", (world.home.version("changed").pk,))
    yield address("organization_decide", (world.waiting.organization.pk,))
    yield address("recheck_decide", (world.home.recheck().pk,))
    yield address("moderation_queue")
    yield address("moderation_rules")


@pytest.mark.each_page
def test_no_page_scrolls_sideways_on_the_narrowest_phone(new_visitor, world):
    """Each look compares the widths; see `Visitor`."""
    walks = [
        (None, [*public_pages(world), *account_pages()]),
        (world.home.main_user, list(desk_pages(world))),
        (world.moderator, list(moderation_pages(world))),
    ]
    for user, pages in walks:
        visitor = new_visitor(user, width=NARROWEST, scripts=False)
        assert visitor.width() == NARROWEST
        for page in pages:
            visitor.go(page)
        assert visitor.looked_at == pages
    visitor.go("/fi/activities/not-here/", status=404)


def test_strangers_get_no_cookie_and_nothing_from_elsewhere(new_visitor, world):
    """Each look also says that nothing was asked of another host and that the console is silent."""
    reader = new_visitor(scripts=False)
    for page in public_pages(world):
        reader.go(page)
    assert reader.context.cookies() == []
    assert reader.page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert any(url.endswith("portal.css") for url in reader.asked)
    assert reader.elsewhere == []


def tab_to(visitor: Visitor, selector: str, most: int = 60) -> None:
    """Press Tab until something has the focus."""
    for _ in range(most):
        visitor.page.keyboard.press("Tab")
        if visitor.page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"Tab does not reach {selector}")


def test_skip_link_leads_past_the_menus(new_visitor, world):
    visitor = new_visitor()
    visitor.go(address("listing_list"))
    visitor.page.keyboard.press("Tab")
    skip = visitor.one("a.skip")
    assert visitor.page.evaluate("document.activeElement.className") == "skip"
    box = skip.bounding_box()
    assert box is not None
    assert box["y"] >= 0
    visitor.page.keyboard.press("Enter")
    assert visitor.focus() == "content"
    visitor.page.keyboard.press("Tab")
    assert visitor.page.evaluate("document.activeElement.closest('main') !== null")


def test_keyboard_alone_mends_what_stops_a_listing(new_visitor, world):
    version = world.home.version("stopped")
    visitor = new_visitor(world.home.main_user)
    visitor.go(address("listing_step", (version.listing_id, "guide")) + "?check=1")
    assert visitor.errors() == ["id_participation_0", "id_fee_amount", "id_fee_purpose_0"]
    for target in ("id_participation_0", "id_fee_purpose_0"):
        visitor.page.evaluate("document.activeElement.blur()")
        tab_to(visitor, f'.error-summary a[href="#{target}"]')
        visitor.page.keyboard.press("Enter")
        assert visitor.focus() == target
        visitor.page.keyboard.press("Space")
    assert visitor.chosen("participation", "fee_purpose") == {"participation": "open", "fee_purpose": "participation"}
    visitor.write(fee_amount="5")
    tab_to(visitor, ".form-foot button:not([name])")
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")
    assert visitor.path.endswith("/step/what/")
