"""The guards notice a variable that a template asks for and its view does not give."""

from django.template import Context, Template
from django.template.base import UNKNOWN_SOURCE
from django.test import RequestFactory

from tests.guards.undefined import Undefined, remember_undefined


def ask_for_what_is_not_there(undefined: Undefined) -> None:
    Template("{{ known }} {{ unknown.thing|upper }}").render(Context({"known": 1}))
    assert undefined.found == {(UNKNOWN_SOURCE, "unknown.thing")}


def test_undefined_variable_is_noticed(undefined):
    ask_for_what_is_not_there(undefined)


def test_undefined_variable_is_noticed_after_another_debug(settings, monkeypatch):
    settings.DEBUG = True
    ask_for_what_is_not_there(remember_undefined(monkeypatch))


def test_error_page_has_every_variable_that_it_asks_for(undefined):
    from django.views.defaults import permission_denied, server_error

    request = RequestFactory().get("/")
    assert server_error(request).status_code == 500
    assert permission_denied(request, PermissionError()).status_code == 403
    assert undefined.found == set()
