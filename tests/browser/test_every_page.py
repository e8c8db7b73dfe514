"""Every page in every state through axe-core: nothing is left out, no rule is switched off.

Pages are shown as the guards know them, without a server; no test of this file commits anything.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.http import HttpResponse

from tests.guards.sights import PAGES, Sight, furnish, is_in
from tests.guards.world import World

pytestmark = [pytest.mark.browser, pytest.mark.pages, pytest.mark.each_page]

# What axe does not judge a page by: which words stand there, and where links lead.
_WORDS = re.compile(r">[^<]+|\b(?:href|value|action|src|title|alt)=\"[^\"]+|\d+")


IN_OTHER_SCRIPTS = [name for name in PAGES if is_in(name, "ar")]


def different_pages(sights: Iterable[Sight], world: World, language: str) -> Iterator[tuple[Sight, Any]]:
    """The pages but those of which one of the same shape has been shown already: elements, classes, names, states."""
    shown = set()
    for sight in sights:
        response = sight.response(world, language)
        shape = _WORDS.sub("-", response.content.decode().partition("<main")[2].partition("</main>")[0])
        if shape not in shown:
            shown.add(shape)
            yield sight, response


def some_of(sights: list[Sight]) -> Iterator[Sight]:
    """The page of each address, and what strangers see of it; every state is looked at in Finnish."""
    yield sights[0]
    yield from (sight for sight in sights[1:] if sight.role == "anonymous" and sight.kind not in ("", sights[0].kind))


@pytest.mark.parametrize("name", list(PAGES))
def test_page_passes_axe_in_every_state(sightseer, kept_world, name):
    """In Finnish, as each role sees it; whoever sees the same page as another role is left out."""
    furnish(kept_world, name)
    for sight, response in different_pages(PAGES[name], kept_world, "fi"):
        sightseer.see(response, str(sight))
        sightseer.check()
    assert sightseer.checked


@pytest.mark.parametrize("language", ["ar", "zh-hans"])
@pytest.mark.parametrize("name", IN_OTHER_SCRIPTS)
def test_page_passes_axe_in_another_script(sightseer, kept_world, name, language):
    """On a phone, and by night."""
    sightseer.become(width=390, theme="dark")
    furnish(kept_world, name)
    for sight, response in different_pages(some_of(PAGES[name]), kept_world, language):
        sightseer.see(response, f"{sight} in {language}")
        assert sightseer.page.evaluate("document.dir") == ("rtl" if language == "ar" else "ltr")
        sightseer.check()
    assert sightseer.checked


def test_axe_finds_what_is_wrong(sightseer):
    """Otherwise all of the above would tell nothing."""
    page = "<html lang=fi><title>x</title><main><h1>x</h1>" + "<p>x</p>" * 9
    sightseer.see(HttpResponse(f"{page}<img src='data:,'>"), "bad")
    with pytest.raises(AssertionError, match="image-alt"):
        sightseer.check()
    for _time in range(2):
        sightseer.see(HttpResponse(f"{page}<p style='color:#aaa; background:#fff'>Pale words</p>"), "pale")
        with pytest.raises(AssertionError, match="color-contrast"):
            sightseer.check()
