"""Whether everybody reaches everything: on a narrow screen, magnified, with wide spacing, with the keyboard alone.

Pages are shown as the guards know them, each once. The keyboard's way goes through a real server.
"""

import pytest

from tests.browser.sightseer import Sightseer
from tests.guards.sights import PAGES, furnish, is_in
from tests.guards.world import World

pytestmark = [pytest.mark.browser, pytest.mark.pages, pytest.mark.each_page]

# Pages with controls of every kind.
WALKED = (
    "start",
    "listing_list",
    "listing_week",
    "listing_map",
    "listing_detail",
    "listing_report",
    "account_login",
    "organization_desk",
    "organization_edit",
    "listing_manage",
    "listing_step",
    "listing_submit",
    "moderation_queue",
    "version_decide",
    "audit_log",
)

# WCAG 1.4.12, as somebody may set it who reads better so.
SPACING = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
        * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
        p { margin-block-end: 2em !important }`);
    document.adoptedStyleSheets = [sheet];
}"""
UNSPACED = "() => { document.adoptedStyleSheets = [] }"

# Elements with words of their own that do not fit into the box that hides what is outside.
CUT = """() => [...document.querySelectorAll("body *")].filter(one => {
    const look = getComputedStyle(one);
    const hides = [look.overflowX, look.overflowY].some(way => ["hidden", "clip"].includes(way));
    const seen = one.checkVisibility({ visibilityProperty: true }) && look.clipPath === "none";
    return hides && seen && one.innerText?.trim() && one.tagName !== "svg"
        && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1);
}).map(one => one.outerHTML.slice(0, 120))"""

# What one presses, with its label where it has one. Links inside of sentences are as high as their line.
SMALL = """() => [...document.querySelectorAll("a[href], button, summary, select, textarea, input:not([type=hidden])")]
    .filter(one => one.checkVisibility({ visibilityProperty: true }) && getComputedStyle(one).clipPath === "none")
    .filter(one => {
        const look = getComputedStyle(one);
        if (look.display === "inline" && one.matches("a")) {
            const around = one.closest("p, li, dd, td, th, h1, h2, h3, label, div");
            if (around && around.textContent.trim() !== one.textContent.trim()) return false;
        }
        const labels = [one, ...(one.labels ?? [])].map(each => each.getBoundingClientRect());
        const shown = labels.some(box => box.width > 1 && box.height > 1 && box.bottom > 0);
        return shown && !labels.some(box => box.width >= 24 && box.height >= 24);
    }).map(one => one.outerHTML.slice(0, 160) + JSON.stringify(one.getBoundingClientRect()))"""

# What has the focus now: its mark, whether it comes after the one before, whether something lies over it.
FOCUSED = """() => {
    const one = document.activeElement;
    if (one === document.body || one === document.documentElement) return null;
    const look = getComputedStyle(one);
    const before = window.before;
    window.first ??= one;
    window.before = one;
    if (before && one === window.first) return null; // round again, past the end
    const box = one.getBoundingClientRect();
    const shown = [one, ...(one.labels ?? [])].filter(each => each.getBoundingClientRect().width > 1);
    const hit = shown.some(each => {
        const frame = each.getBoundingClientRect();
        const [top, end] = [Math.max(frame.top, 0), Math.min(frame.bottom, innerHeight)];
        const [start, stop] = [Math.max(frame.left, 0), Math.min(frame.right, innerWidth)];
        return [[.5, .5], [.1, .5], [.9, .5], [.5, .1], [.5, .9]].some(([x, y]) => {
            const found = document.elementFromPoint(start + (stop - start) * x, top + (end - top) * y);
            return found && (each.contains(found) || found.contains(each));
        });
    });
    return {
        what: one.outerHTML.slice(0, 140),
        marked: look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2,
        follows: !before || Boolean(before.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING),
        seen: hit && box.bottom > 0 && box.top < innerHeight,
    };
}"""

REACHABLE = """() => [...document.querySelectorAll("a[href], button, summary, select, textarea, input")]
    .filter(one => one.tabIndex >= 0 && one.checkVisibility({ visibilityProperty: true }))
    .filter(one => one.type !== "radio").length"""
MOVING = """() => [...document.querySelectorAll("*")].filter(one => {
    const look = getComputedStyle(one);
    return parseFloat(look.transitionDuration) > 0 || look.animationName !== "none" || look.scrollBehavior === "smooth";
}).map(one => one.outerHTML.slice(0, 80))"""
WITHOUT_EDGE = """() => [...document.querySelectorAll(".button, .door, .plate, .tile, .chip, .notice, select, textarea,"
    + "input:not([type=hidden], [type=file], [type=radio], [type=checkbox])")].filter(one => {
    const look = getComputedStyle(one);
    return one.checkVisibility() && (look.borderTopStyle === "none" || parseFloat(look.borderTopWidth) < 1);
}).map(one => one.outerHTML.slice(0, 120))"""


def show(sightseer: Sightseer, world: World, name: str, language: str = "fi") -> None:
    furnish(world, name)
    sight = PAGES[name][0]
    sightseer.see(sight.response(world, language), f"{sight} in {language}")


@pytest.mark.parametrize("name", list(PAGES))
def test_page_fits_a_narrow_screen_with_wide_spacing(sightseer, kept_world, name):
    """320 px are also a screen of 1280 px that is magnified four times."""
    sightseer.become(width=320)
    for language in [code for code in ("fi", "ar") if code == "fi" or (name in WALKED and is_in(name, code))]:
        show(sightseer, kept_world, name, language)
        sightseer.fits()
        assert sightseer.page.evaluate(SMALL) == [], sightseer.what
        cut = sightseer.page.evaluate(CUT)
        sightseer.page.evaluate(SPACING)
        sightseer.fits()
        assert [one for one in sightseer.page.evaluate(CUT) if one not in cut] == [], sightseer.what
        sightseer.page.evaluate(UNSPACED)


@pytest.mark.parametrize("name", WALKED)
@pytest.mark.parametrize(("width", "height"), [(1280, 900), (320, 256)])
def test_focus_goes_in_the_order_of_reading_and_is_seen(sightseer, kept_world, name, width, height):
    """The second screen is one of 1280 × 1024 that is magnified four times."""
    sightseer.become(width=width, height=height)
    show(sightseer, kept_world, name)
    reachable = sightseer.page.evaluate(REACHABLE)
    steps = 0
    while steps < 400:
        sightseer.page.keyboard.press("Tab")
        focused = sightseer.page.evaluate(FOCUSED)
        if focused is None:
            break
        steps += 1
        assert focused["marked"], f"{sightseer.what}: no outline at {focused['what']}"
        assert focused["follows"], f"{sightseer.what}: the focus goes back to {focused['what']}"
        assert focused["seen"], f"{sightseer.what}: something covers {focused['what']}"
    assert reachable <= steps < 400


@pytest.mark.parametrize("name", WALKED)
def test_edges_and_focus_stay_where_people_choose_the_colours(sightseer, kept_world, name):
    sightseer.become(colours="active")
    show(sightseer, kept_world, name)
    assert sightseer.page.evaluate("matchMedia('(forced-colors: active)').matches")
    assert sightseer.page.evaluate(WITHOUT_EDGE) == [], sightseer.what
    for _ in range(12):
        sightseer.page.keyboard.press("Tab")
        focused = sightseer.page.evaluate(FOCUSED)
        assert focused is None or focused["marked"], f"{sightseer.what}: no outline at {focused['what']}"


@pytest.mark.parametrize("name", WALKED)
def test_nothing_moves_where_people_want_it_still(sightseer, kept_world, name):
    show(sightseer, kept_world, name)
    assert sightseer.page.evaluate(MOVING) == [], sightseer.what
