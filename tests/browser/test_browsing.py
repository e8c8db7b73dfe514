"""Searching in a browser: the list changes in its place where scripts run, and as whole pages where they do not."""

import re
import time
from contextlib import suppress

import pytest
from playwright.sync_api import Error

from tests.browser.again import again
from tests.browser.visitor import Visitor
from tests.guards.world import World, address

pytestmark = pytest.mark.browser

COUNT = "#results-count"


@pytest.fixture
def world(new_visitor) -> World:
    """Three public listings: two language cafés, one of them online."""
    world = World()
    for kind in ("published", "arabic", "online"):
        world.home.version(kind)
    return world


def count(visitor: Visitor) -> int:
    """The number that is announced."""
    return int(re.findall(r"\d+", visitor.text(COUNT))[0])


def until(visitor: Visitor, script: str) -> None:
    """Ask until it is so. The page itself may not run texts as scripts, so the browser's way of waiting is closed."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with suppress(Error):  # another page comes just now
            if visitor.page.evaluate(script):
                return
        visitor.page.wait_for_timeout(50)
    pytest.fail(f"never: {script}")


def test_list_changes_in_its_place(new_visitor, world):
    visitor = new_visitor()
    visitor.go(address("listing_list"))
    everything = count(visitor)
    assert everything >= 3
    # Elements of this page are still there afterwards: it was never left.
    visitor.page.evaluate(
        "document.body.dataset.first = 'yes'; document.querySelector('#results-count').dataset.here = 1"
    )
    box = visitor.one("#online-yes")
    box.focus()
    visitor.page.keyboard.press("Space")
    until(visitor, "location.search === '?online=yes'")
    until(visitor, "document.querySelectorAll('.chip').length === 1")
    online = count(visitor)
    assert 0 < online < everything
    assert visitor.has(f"{COUNT}[role=status][data-here]")
    assert visitor.focus() == "online-yes"
    assert len(visitor.page.locator(".storey").all()) == online
    visitor.check()

    visitor.one("#id_order").select_option("newest")
    until(visitor, "location.search === '?online=yes&order=newest'")
    assert "online=yes" in (visitor.one(".languages a").last.get_attribute("href") or "")
    visitor.one(".chip").click()
    until(visitor, "location.search === '?order=newest'")
    until(visitor, "!document.querySelector('.chip')")
    assert count(visitor) == everything
    assert not visitor.one("#online-yes").is_checked()
    assert visitor.page.evaluate("document.body.dataset.first") == "yes"

    for before in ("?online=yes&order=newest", "?online=yes", ""):
        visitor.page.go_back()
        until(visitor, f"location.search === '{before}' && document.readyState === 'complete'")
        expected = online if "online" in before else everything
        until(visitor, f"document.querySelectorAll('.storey').length === {expected}")
        assert visitor.one("#online-yes").is_checked() == ("online" in before)
    assert visitor.context.cookies() == []
    # Nothing is kept but the address of this page, until the tab is closed.
    assert visitor.page.evaluate("[localStorage.length, ...Object.values(sessionStorage)]") == [
        0,
        address("listing_list"),
    ]
    assert visitor.failures == []


def test_words_are_suggested_and_searched(new_visitor, world):
    visitor = new_visitor(width=390)
    visitor.go(address("listing_list"))
    visitor.one("#id_words").press_sequentially("kieli")
    until(visitor, "document.querySelectorAll('#suggestions option').length > 0")
    options = visitor.page.evaluate("[...document.querySelectorAll('#suggestions option')].map(one => one.value)")
    assert all("kieli" in option.lower() for option in options)
    assert "words" not in visitor.page.url
    visitor.one("#id_words").fill("kielikahvla")
    visitor.page.keyboard.press("Enter")
    until(visitor, "location.search === '?words=kielikahvla'")
    until(visitor, "document.querySelector('.notice') !== null")
    assert visitor.text("h1") == "kielikahvla"
    assert "kielikahvila" in visitor.text(".notice")
    assert visitor.page.title().startswith("kielikahvla")
    assert visitor.focus() == "id_words"
    visitor.check()
    assert visitor.failures == []


def test_everything_works_without_scripts(new_visitor, world):
    visitor = new_visitor(scripts=False)
    visitor.go(address("listing_list"))
    everything = count(visitor)
    visitor.one("#online-yes").check()
    visitor.one("#id_order").select_option("newest")
    visitor.press("#order-bar button")
    assert 0 < count(visitor) < everything
    assert visitor.one("#online-yes").is_checked()
    assert visitor.one("#id_order").input_value() == "newest"
    visitor.press(".chip")
    assert count(visitor) == everything
    visitor.one("#id_municipality").select_option("564")
    visitor.press("#filters .button:visible")
    assert "municipality=564" in visitor.path
    for view in ("week", "map"):
        visitor.press(f'.tabs a[href*="/{view}/"]')
        assert "municipality=564" in visitor.path
    assert visitor.elsewhere == []


@pytest.mark.parametrize("width", [320, again(1280)])
def test_other_views_fit_and_pass_axe(new_visitor, world, settings, width):
    settings.LANGUAGES = [*settings.LANGUAGES, ("ar", "العربية")]
    visitor = new_visitor(width=width)
    for language in ("fi", "ar"):
        for name in ("listing_week", "listing_map"):
            visitor.go(address(name, language=language) + "?municipality=564")
            visitor.go(address(name, language=language))
    assert len(visitor.checked) == 8


def test_keyboard_alone_finds_a_listing_and_reports_it(new_visitor, world):
    visitor = new_visitor()

    def tab_to(selector: str) -> None:
        for _ in range(250):
            if visitor.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
            visitor.page.keyboard.press("Tab")
        pytest.fail(f"Tab does not reach {selector}")

    def follow(selector: str) -> None:
        tab_to(selector)
        with visitor.page.expect_navigation():
            visitor.page.keyboard.press("Enter")
        visitor.check()

    visitor.go(address("listing_list"))
    tab_to("#id_words")
    visitor.page.keyboard.type("kielikahvila")
    visitor.page.keyboard.press("Enter")
    until(visitor, "location.search.includes('words=kielikahvila')")
    tab_to("#online-yes")
    visitor.page.keyboard.press("Space")
    until(visitor, "location.search.includes('online=yes')")
    until(visitor, "document.querySelectorAll('.storey').length === 1")
    # The results come before the filters: back to the top, as somebody would who reads on.
    visitor.page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    follow(".storey-title a")
    assert visitor.path == world.home.version("online").listing.get_absolute_url()
    follow(f'a[href="{address("listing_report", (world.home.version("online").listing.slug,))}"]')
    tab_to('[name="reason"]')
    visitor.page.keyboard.press("Space")
    follow("main form[method=post] button:not([name])")
    assert visitor.has("h1")
    assert visitor.failures == []
