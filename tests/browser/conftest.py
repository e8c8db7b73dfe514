"""Debian's Chromium for the tests of this folder, and people who use it."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from django.db import connections
from playwright.sync_api import Browser, sync_playwright

from tests.browser.sightseer import Sightseer
from tests.browser.visitor import Visitor
from tests.guards.world import client_of

FLAGS = ["--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="package")
def chromium(services_required) -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not path or not os.access(path, os.X_OK):
        missing = "Chromium is missing: install the package chromium, or set CHROMIUM to the program."
        pytest.fail(missing) if services_required else pytest.skip(missing)
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
    with pytest.MonkeyPatch.context() as patch:
        # Playwright keeps an event loop in this thread; Django would take every query for one inside a coroutine.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=flags)
            yield browser
            browser.close()
            # While the loop is there, Django keeps connections for it; the test database is dropped without them.
            connections.close_all()


@pytest.fixture
def new_visitor(chromium, live_server, committed_db, settings) -> Iterator[Callable[..., Visitor]]:
    """Makes people, each with cookies and a cache of their own; with `user`, one who has signed in."""
    settings.SITE_URL = live_server.url
    visitors: list[Visitor] = []

    def make(user=None, *, width: int = 1280, scripts: bool = True, theme: str = "light") -> Visitor:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=scripts,
            color_scheme=theme,
            reduced_motion="reduce",
        )
        context.set_default_timeout(10_000)
        if user is not None:
            cookies = client_of(user).cookies
            context.add_cookies(
                [{"name": name, "value": morsel.value, "url": live_server.url} for name, morsel in cookies.items()]
            )
        visitors.append(Visitor(context, live_server.url, has_scripts=scripts))
        return visitors[-1]

    yield make
    for visitor in visitors:
        visitor.context.close()


@pytest.fixture(scope="module")
def _tour(chromium) -> Iterator[Sightseer]:
    context = chromium.new_context(reduced_motion="reduce")
    context.set_default_timeout(10_000)
    yield Sightseer(context)
    context.close()


@pytest.fixture
def sightseer(_tour) -> Sightseer:
    """Looks at pages that need no server: one tab for all tests of a module, at a desk and by day."""
    _tour.become()
    _tour.forget()
    return _tour
