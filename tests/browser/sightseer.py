"""Shows pages in a browser that Django's test client got: no server, nothing committed, what a form saved is undone.

So every page of the guards can be looked at in little time. What needs a server has `Visitor`.
"""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from playwright.sync_api import BrowserContext, Route

from tests.browser.visitor import Page

# A name that browsers trust without encryption
ORIGIN = "http://localhost"


class Sightseer(Page):
    """`elsewhere` holds what a page asked of another host, or of this one without getting it."""

    # All pages have the same one: axe fetches it again, and reads it, when visitors come.
    reads_style_sheet = False

    def __init__(self, context: BrowserContext) -> None:
        super().__init__(context)
        self.elsewhere: list[str] = []
        self._shown: HttpResponse | None = None
        context.route("**/*", self._answer)

    def see(self, response: Any, what: str) -> None:
        """Show a page with its headers, so that its security policy holds, too."""
        self._shown, self.what = response, what
        self.page.goto(f"{ORIGIN}/shown")
        assert self.elsewhere == [], f"{what} asks for {self.elsewhere}"
        assert self.failures == [], f"{what}: {self.failures}"

    def become(self, width: int = 1280, height: int = 900, theme: str = "light", colours: str = "none") -> None:
        """Another screen, other wishes about colours."""
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.emulate_media(color_scheme=theme, forced_colors=colours, reduced_motion="reduce")

    def forget(self) -> None:
        """What earlier tests have seen."""
        for noted in (self.checked, self.failures, self.elsewhere):
            noted.clear()

    def _answer(self, route: Route) -> None:
        address = urlsplit(route.request.url)
        if self._shown is not None and address.path == "/shown":
            # As a success: what the browser says in its console about other answers is not of interest here.
            route.fulfill(body=self._shown.content, headers=dict(self._shown.headers.items()))
            return
        if route.request.frame.parent_frame is not None:
            # A mail inside a page is looked at with the mails.
            route.fulfill(body="<!doctype html><html lang=fi><title>-</title><p>-</p></html>", content_type="text/html")
            return
        found = _file(unquote(address.path))
        if found is None or not route.request.url.startswith(ORIGIN):
            self.elsewhere.append(route.request.url)
            route.abort()
        else:
            route.fulfill(path=found)


def _file(path: str) -> str | None:
    """Where a style sheet, a script, a picture or a logo is."""
    if path.startswith(settings.STATIC_URL):
        return finders.find(path.removeprefix(settings.STATIC_URL))
    logo = Path(settings.MEDIA_ROOT) / path.removeprefix(settings.MEDIA_URL)
    return str(logo) if path.startswith(settings.MEDIA_URL) and logo.is_file() else None
