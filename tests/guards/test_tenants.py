"""Another organization's things do not exist for its neighbours: 404 on every address, and nothing changes."""

import pytest

from listings.forms import STEP_CODES
from tests.guards.access_matrix import ARGUMENTS, MATRIX
from tests.guards.addresses import NAMES
from tests.guards.rows import all_rows, what_changed
from tests.guards.world import World, address, client_of

pytestmark = pytest.mark.pages
NEIGHBOURS = ("main_user", "editor", "asker")

# One asks other organizations to be let in; that is what it is for.
OPEN_TO_OTHERS = {"organization_ask_to_join"}

# Their addresses name a step, too.
WITH_STEPS = ("listing_step", "listing_check")

OWNERS_ADDRESSES = sorted(
    name
    for name, pattern in NAMES
    if MATRIX.get(name) and MATRIX[name].what and str(pattern.pattern).startswith("desk/")
)
GUARDED = [name for name in OWNERS_ADDRESSES if name not in OPEN_TO_OTHERS]


def users(world: World):
    home = world.home
    return {"main_user": home.main_user, "editor": home.editor, "asker": home.request.user}


def test_owners_addresses_are_found():
    assert len(GUARDED) >= 14
    assert set(OWNERS_ADDRESSES) > OPEN_TO_OTHERS


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", GUARDED)
def test_neighbours_things_are_not_there(world, name, method):
    entry = MATRIX[name]
    args = ARGUMENTS[entry.what](world, world.other)
    all_args = [(args[0], code) for code in STEP_CODES] if name in WITH_STEPS else [args]
    people = users(world)
    clients = {who: client_of(people[who]) for who in NEIGHBOURS}
    answers = (entry.get if method == "get" else entry.post).values()
    expected = 405 if "405" in answers else 404
    before = all_rows()
    for who, client in clients.items():
        for one in all_args:
            response = getattr(client, method)(address(name, one), entry.data if method == "post" else None)
            assert response.status_code == expected, (who, one)
            assert world.other.organization.name_fi not in response.content.decode()
    assert what_changed(before, all_rows()) == []


@pytest.mark.parametrize("number", [987654, 2**31, 2**63, 10**40])
def test_number_that_nothing_has_is_not_there(world, number):
    client = client_of(world.home.main_user)
    for name in OWNERS_ADDRESSES:
        args = (
            (number, "what") if name in WITH_STEPS else (number,) * len(ARGUMENTS[MATRIX[name].what](world, world.home))
        )
        for method in ("get", "post"):
            answers = getattr(MATRIX[name], method).values()
            response = getattr(client, method)(address(name, args), MATRIX[name].data)
            assert response.status_code == (405 if "405" in answers else 404), name
