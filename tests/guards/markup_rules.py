"""What is wrong with a page's markup, rule by rule. Each rule gives a list of faults; an empty one is good."""

import re
from collections import Counter
from collections.abc import Callable
from urllib.parse import urlsplit

from portal.languages import direction
from tests.guards.content_models import attributes, nesting
from tests.guards.markup import Element

_RIGHT_TO_LEFT_LETTERS = re.compile("[\u0590-\u08ff]")
_CONTROLS = ("input", "select", "textarea")
# Loaded with the page, not followed by a click.
_LOADED = {"script": "src", "img": "src", "iframe": "src", "link": "href", "use": "href", "source": "src"}
_LINKS_THAT_LOAD = {"stylesheet", "icon", "preload", "manifest", "preconnect", "dns-prefetch"}


def headings(page: Element) -> list[str]:
    """One h1, and no level is skipped on the way down."""
    found = [int(one.tag[1]) for one in page.all("h1", "h2", "h3", "h4", "h5", "h6")]
    faults = [] if found.count(1) == 1 else [f"{found.count(1)} h1"]
    before = 0
    for level in found:
        if level > before + 1:
            faults.append(f"h{level} after h{before}")
        before = level
    faults += [f"empty {one}" for one in page.all("h1", "h2", "h3", "h4") if not one.text()]
    return faults


def own_language(page: Element) -> list[str]:
    """The page says its language and its direction, and they agree."""
    html = next(page.all("html"))
    good = html.get("lang") and html.get("dir") == direction(html.get("lang"))
    return [] if good else [str(html)]


def ids(page: Element) -> list[str]:
    """Each id once, and whatever names an id names one that is there."""
    counted = Counter(one.get("id") for one in page.all() if "id" in one.attributes)
    faults = [f"id {name!r} {count} times" for name, count in counted.items() if count > 1 or not name]
    for one in page.all():
        for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls", "list", "form"):
            faults += [f"{one}: no #{value}" for value in one.get(name).split() if value not in counted]
        if one.tag == "a" and one.get("href").startswith("#") and one.get("href")[1:] not in counted:
            faults.append(f"{one}: no target")
    return faults


def labels(page: Element) -> list[str]:
    """Every control, button and link says what it is for; every group of options has a legend."""
    labelled = {one.get("for") for one in page.all("label") if one.text()}
    faults = []
    for one in page.all(*_CONTROLS):
        if one.get("type") in ("hidden", "submit"):
            continue
        wrapped = any(up.tag == "label" and up.text() for up in one.ancestors())
        if not (wrapped or one.get("id") in labelled or one.get("aria-label") or one.get("aria-labelledby")):
            faults.append(f"no label: {one}")
    for one in page.all("button", "a", "summary"):
        if not (one.text() or one.get("aria-label")):
            faults.append(f"no words: {one}")
    for one in page.all("fieldset"):
        if not any(child.tag == "legend" and child.text() for child in one.children):
            faults.append(f"no legend: {one}")
    for one in page.all("nav"):
        if not (one.get("aria-label") or one.get("aria-labelledby")):
            faults.append(f"no name: {one}")
    return faults


def pictures(page: Element) -> list[str]:
    """Every picture has words or is hidden from screen readers, and takes its place before it is loaded."""
    faults = [f"no alt: {one}" for one in page.all("img") if "alt" not in one.attributes]
    for one in page.all("svg"):
        if one.get("aria-hidden") != "true" and not (one.get("role") == "img" and one.get("aria-label")):
            faults.append(f"neither words nor hidden: {one}")
    for one in page.all("img", "svg"):
        if not (one.get("width") and one.get("height")):
            faults.append(f"no size: {one}")
    return faults


def content_policy(page: Element) -> list[str]:
    """Nothing inline that a strict content security policy stops."""
    faults = [f"style: {one}" for one in page.all() if "style" in one.attributes or one.tag == "style"]
    data = ("application/ld+json", "application/json")  # never run
    scripts = [one for one in page.all("script") if one.get("type") not in data]
    faults += [f"inline script: {one}" for one in scripts if not one.get("src")]
    faults += [f"{name}: {one}" for one in page.all() for name in one.attributes if name.startswith("on")]
    faults += [f"script: {one}" for one in page.all() if one.get("href").lower().startswith("javascript:")]
    return faults


def other_hosts(page: Element) -> list[str]:
    """The page loads nothing from elsewhere."""
    faults = []
    for one in page.all(*_LOADED):
        if one.tag == "link" and not set(one.get("rel").split()) & _LINKS_THAT_LOAD:
            continue
        if urlsplit(one.get(_LOADED[one.tag])).netloc or "srcset" in one.attributes:
            faults.append(str(one))
    return faults


def foreign_texts(page: Element) -> list[str]:
    """Letters that are written from right to left stand in an element that says so, and in which language."""
    faults = []
    for one in page.all():
        if one.tag in ("title", "script"):
            continue  # one line of plain text, which browsers order by its letters; data that nobody is shown
        value = one.get("value") if one.tag == "input" else ""
        if not _RIGHT_TO_LEFT_LETTERS.search(" ".join([*one.texts, value])):
            continue
        language = one.inherited("lang")
        # The map keeps the west on the left; a name of one word is read the right way there.
        if any("tiles" in up.get("class").split() for up in one.ancestors()) and direction(language) == "rtl":
            continue
        # A bdi finds the direction in its letters.
        nearest = next(up for up in one.ancestors() if "dir" in up.attributes or up.tag == "bdi")
        way = nearest.get("dir") or "auto"
        if direction(language) != "rtl" or way not in ("rtl", "auto"):
            faults.append(f"{language} {way}: {one} {' '.join(one.texts).strip()[:40]}")
    return faults


def tables(page: Element) -> list[str]:
    """A table says what its rows and columns are."""
    return [f"no scope: {one}" for one in page.all("th") if one.get("scope") not in ("col", "row", "colgroup")] + [
        f"no th: {one}" for one in page.all("table") if not any(one.all("th"))
    ]


RULES: tuple[Callable[[Element], list[str]], ...] = (
    headings,
    own_language,
    ids,
    labels,
    pictures,
    content_policy,
    other_hosts,
    foreign_texts,
    tables,
    nesting,
    attributes,
)


def faults_of(page: Element) -> list[str]:
    """Everything that is wrong, with the rule's name."""
    return [f"{rule.__name__}: {fault}" for rule in RULES for fault in rule(page)]
