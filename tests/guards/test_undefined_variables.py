"""No template of ours asks for a variable that its view does not give."""

from inspect import currentframe
from pathlib import Path

import pytest
from django.template import Context, Engine, Template
from django.template.base import UNKNOWN_SOURCE
from django.test import RequestFactory

from tests.guards.sights import BY_NAME, SIGHTS, furnish
from tests.guards.world import World

pytestmark = pytest.mark.pages
OURS = [Path(folder) for folder in Engine.get_default().dirs]


def _template_in_use() -> str:
    """The file that is being rendered: the nearest one up the stack."""
    frame = currentframe()
    while frame is not None:
        context = frame.f_locals.get("context")
        template = getattr(getattr(context, "render_context", None), "template", None)
        if template is not None:
            return template.origin.name if template.origin else UNKNOWN_SOURCE
        frame = frame.f_back
    return UNKNOWN_SOURCE


class Undefined(str):
    """What Django writes where a variable is missing; it remembers which, and in which of our templates."""

    found: set[tuple[str, str]]

    def __new__(cls) -> "Undefined":
        text = super().__new__(cls, "%s")
        text.found = set()
        return text

    def __mod__(self, variable: object) -> str:
        file = Path(_template_in_use())
        # Django's, allauth's and the administration's own templates are theirs to mend.
        if any(file.is_relative_to(folder) for folder in OURS) or file.name == UNKNOWN_SOURCE:
            self.found.add((file.name, str(getattr(variable, "var", variable))))
        return ""


def remember_undefined(monkeypatch: pytest.MonkeyPatch) -> Undefined:
    """A recorder in the engine of now: Django makes a new one whenever a test overrides DEBUG or TEMPLATES."""
    recorder = Undefined()
    monkeypatch.setattr(Engine.get_default(), "string_if_invalid", recorder)
    return recorder


@pytest.fixture
def undefined(monkeypatch) -> Undefined:
    return remember_undefined(monkeypatch)


@pytest.fixture
def world(kept_world: World) -> World:
    """The same for all: nothing that is looked at here changes it."""
    return kept_world


def test_undefined_variable_is_noticed(undefined):
    Template("{{ known }} {{ unknown.thing|upper }}").render(Context({"known": 1}))
    assert undefined.found == {(UNKNOWN_SOURCE, "unknown.thing")}


def test_undefined_variable_is_noticed_after_another_debug(settings, monkeypatch):
    settings.DEBUG = True
    test_undefined_variable_is_noticed(remember_undefined(monkeypatch))


@pytest.mark.parametrize("name", list(BY_NAME))
def test_page_has_every_variable_that_it_asks_for(world, undefined, name):
    furnish(world, name)
    for sight in BY_NAME[name]:
        sight.response(world)
        assert undefined.found == set(), sight


def test_all_pages_are_looked_at():
    assert len(SIGHTS) > 100
    assert len(BY_NAME) > 25


def test_error_page_has_every_variable_that_it_asks_for(undefined):
    from django.views.defaults import permission_denied, server_error

    request = RequestFactory().get("/")
    assert server_error(request).status_code == 500
    assert permission_denied(request, PermissionError()).status_code == 403
    assert undefined.found == set()
