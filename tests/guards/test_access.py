"""Every address answers every role as the access matrix says, and an address that is not in the matrix fails."""

from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern

from tests.guards.access_matrix import ARGUMENTS, MATRIX, Address
from tests.guards.addresses import NAMES
from tests.guards.rows import all_rows, changes_since, what_changed
from tests.guards.sights import SIGHTS
from tests.guards.world import ROLES, address, client_of

ADMIN = "admin"


OURS = sorted({name for name, _pattern in NAMES if not name.startswith(f"{ADMIN}:")})
ADMINS = sorted({name for name, _pattern in NAMES if name.startswith(f"{ADMIN}:")})


def test_every_address_is_in_the_matrix():
    assert len(NAMES) > 40
    assert "" not in OURS, "an address without a name cannot be in the matrix"
    assert set(OURS) - set(MATRIX) == set(), "not in the matrix"
    assert set(MATRIX) - set(OURS) == set(), "in the matrix, but no longer an address"


def test_every_address_stands_once():
    names = [name for name, _pattern in NAMES if not name.startswith(f"{ADMIN}:")]
    assert len(names) == len(set(names))


def test_every_kind_of_argument_is_used():
    seen = {sight.kind for sight in SIGHTS}
    assert {one.what for one in MATRIX.values()} <= set(ARGUMENTS) <= {one.what for one in MATRIX.values()} | seen


def seen(client: Client, url: str, method: str, data: dict[str, Any], before: dict) -> str:
    """The answer of one address, in the words of the matrix. Whatever it did is undone."""
    with transaction.atomic(), changes_since(before) as changes:
        response = getattr(client, method)(url, data if method == "post" else None)
        changed = changes.tables()
        was_told = "_messages" in client.session
        transaction.set_rollback(True)
    if response.status_code != 302:
        assert not changed, f"{method} {url} answered {response.status_code} and changed {changed}"
        return str(response.status_code)
    if response.headers["Location"].startswith(address(settings.LOGIN_URL)):
        assert not changed
        return "in"
    if changed:
        return "did"
    return "told" if was_told else "go"


def asked_as(entry: Address) -> list[str]:
    """All roles. On PostgreSQL one for each way of being answered: who may is decided in the same lines of Python."""
    if connection.vendor == "sqlite":
        return list(ROLES)
    return list({(entry.get[role], entry.post[role]): role for role in reversed(ROLES)}.values())


@pytest.mark.parametrize("name", list(MATRIX))
def test_address_answers_each_role_as_the_matrix_says(world, name):
    entry = MATRIX[name]
    places = {}
    for role in asked_as(entry):
        user, home = ROLES[role](world)
        places[role] = (client_of(user), address(name, ARGUMENTS[entry.what](world, home)))
    assert len(places) == 12 or connection.vendor != "sqlite"
    before = all_rows()
    for method, expected in (("get", entry.get), ("post", entry.post)):
        answers = {role: seen(*place, method, entry.data, before) for role, place in places.items()}
        assert answers == {role: expected[role] for role in places}, method


# The key in the address is the proof: another site does not know it, and there is no cookie that it could misuse.
PROVEN_BY_THE_ADDRESS = {"listing_confirm_by_link", "mail_unsubscribe"}
# No cookie, no rights that another site could use. What the form needs instead: `test_reporting.py`.
OPEN_TO_STRANGERS = {"listing_report", "feedback"}
UNGUARDED = PROVEN_BY_THE_ADDRESS | OPEN_TO_STRANGERS
GUARDED_FORMS = [name for name, one in MATRIX.items() if "did" in one.post.values() and name not in UNGUARDED]


@pytest.mark.parametrize("name", GUARDED_FORMS)
def test_nothing_is_done_for_a_form_of_another_site(world, name):
    entry = MATRIX[name]
    role = next(role for role, answer in entry.post.items() if answer == "did")
    user, home = ROLES[role](world)
    url = address(name, ARGUMENTS[entry.what](world, home))
    client = client_of(user, enforce_csrf_checks=True)
    before = all_rows()
    response = client.post(url, entry.data)
    assert response.status_code == 403
    assert what_changed(before, all_rows()) == []


def _admin_address(name: str, pattern: URLPattern) -> str:
    arguments: dict[str, Any] = {
        "content_id": "0" * 32,
        "app_label": "portal",
        "url": "nothing/",
        "pk": 1,
        "content_type_id": 1,
    }
    known = pattern.pattern.regex.groupindex
    return address(name, tuple(arguments.get(key, "1") for key in known))


@pytest.mark.parametrize("role", [role for role in ROLES if role != "operator"])
def test_administration_is_closed_to_all_but_the_operator(world, role):
    client = client_of(ROLES[role](world)[0])
    places_to_sign_in = (address("admin:login"), address(settings.LOGIN_URL))
    before = all_rows()
    asked = 0
    for name, pattern in NAMES:
        # Where one signs in and out; and addresses without a name, which only redirect to one that has one.
        if not name.startswith(f"{ADMIN}:") or name in ("admin:", "admin:login", "admin:logout"):
            continue
        for method in ("get", "post"):
            response = getattr(client, method)(_admin_address(name, pattern))
            assert response.status_code in (302, 403, 404, 405), (name, method)
            if response.status_code == 302:
                assert response.headers["Location"].startswith(places_to_sign_in), (name, method)
            asked += 1
    assert asked > 40
    assert what_changed(before, all_rows()) == []


def test_administration_opens_to_the_operator(world):
    assert len(ADMINS) > 20
    client = client_of(world.operator)
    opened = [name for name in ADMINS if name.endswith(("_changelist", ":index"))]
    assert len(opened) > 4
    for name in opened:
        assert client.get(address(name)).status_code == 200, name
