"""The life of an organization: every state with every move, every action in every state by every role."""

from collections.abc import Callable

import pytest
from django.db import transaction

from listings import actions as listing_actions
from moderation import actions
from organizations.models import Membership, Organization, User
from organizations.states import MOVES, can_move, move
from portal.refusals import AlreadyDecided, NotPermitted, Refused
from tests import factories
from tests.guards.rows import all_rows, changes_since
from tests.guards.world import World, an_organization, member, person

State = Organization.State
STATES = [str(state) for state in State]


def in_state(state: str) -> Organization:
    """With a main user, an editor, somebody who has asked, and a moderator who belongs to it."""
    organization = an_organization(active=True)
    member(organization, main_user=True)
    into = an_organization(active=True) if state == State.MERGED else None
    Organization.objects.filter(pk=organization.pk).update(state=state, merged_into=into)
    organization.refresh_from_db()
    return organization


# The table of moves


@pytest.mark.parametrize("name", list(MOVES))
@pytest.mark.parametrize("state", STATES)
def test_move_starts_from_its_states_and_from_no_other(db, state, name):
    organization = in_state(state)
    sources, target = MOVES[name]
    into = {"merged_into": an_organization(active=True)} if target == State.MERGED else {}
    assert can_move(organization, name) == (state in sources)
    if state in sources:
        assert move(organization, name, **into).state == target
    else:
        with pytest.raises(AlreadyDecided):
            move(organization, name, **into)
    expected = target if state in sources else state
    assert Organization.objects.get(pk=organization.pk).state == expected


def test_table_leads_everywhere_and_ends_where_it_should():
    assert len(MOVES) == 5
    targets = {target for _sources, target in MOVES.values()}
    sources = set().union(*(sources for sources, _target in MOVES.values()))
    assert targets | {State.PENDING} == set(STATES), "a state that nothing leads to"
    assert set(STATES) - sources == {State.DECLINED, State.MERGED}, "the ends"


# The actions

WRITERS = {"editor", "main_user", "moderator who is a member"}
JUDGES = {"moderator", "system"}
OPEN = {"pending", "active", "suspended"}


def people_of(world: World, organization: Organization) -> dict[str, User]:
    moderating_member = person(moderator=True)
    Membership.objects.create(organization=organization, user=moderating_member, state="active")
    return {
        "nobody": world.nobody,
        "asked": member(organization, asked=True).user,
        "editor": member(organization).user,
        "main_user": organization.memberships.get(role="main_user").user,
        "stranger": world.other.main_user,
        "moderator": world.moderator,
        "moderator who is a member": moderating_member,
        "operator": world.operator,
        "system": User.objects.system(),
    }


def a_draft_of(organization: Organization) -> object:
    return organization.listings.get().versions.get()


# action: (what it does, who may do it, the states in which it is done, and those in which nobody has the right)
Run = Callable[[Organization, User, Organization], object]
CASES: dict[str, tuple[Run, set[str], set[str], set[str]]] = {
    "approve": (lambda o, by, _: actions.approve_organization(o, by=by), JUDGES, {"pending"}, set()),
    "decline": (lambda o, by, _: actions.decline_organization(o, by=by, message="x"), JUDGES, {"pending"}, set()),
    "suspend": (lambda o, by, _: actions.suspend_organization(o, by=by, message="x"), JUDGES, {"active"}, set()),
    "reinstate": (lambda o, by, _: actions.reinstate_organization(o, by=by, message="x"), JUDGES, {"suspended"}, set()),
    "merge": (
        lambda o, by, other: actions.merge_organizations(o, into=other, by=by),
        JUDGES,
        {"pending", "active"},
        set(),
    ),
    "start a listing": (
        lambda o, by, _: listing_actions.start_listing(o, by=by, section="activity", answers={"venue": "Uusi"}),
        WRITERS,
        OPEN,
        {"declined", "merged"},
    ),
    "submit a listing": (
        lambda o, by, _: listing_actions.submit_version(a_draft_of(o), by=by),
        WRITERS,
        {"active"},
        set(STATES) - {"active"},
    ),
}


def outcome(run: Run, organization: Organization, by: User, other: Organization, before: dict) -> str:
    """What an action does: the state that it led to, or why not. Whatever it did is undone."""
    with transaction.atomic(), changes_since(before) as changes:
        try:
            run(Organization.objects.get(pk=organization.pk), by, other)
            result = Organization.objects.get(pk=organization.pk).state
        except NotPermitted:
            result = "not permitted"
        except Refused:
            result = "wrong state"
        changed = changes.tables()
        transaction.set_rollback(True)
    assert bool(changed) == (result not in ("not permitted", "wrong state"))
    return result


@pytest.mark.parametrize("name", list(CASES))
def test_action_is_done_by_its_roles_in_its_states(world, name):
    run, who, states, closed = CASES[name]
    other = an_organization(active=True)
    homes = {}
    for state in STATES:
        organization = in_state(State.ACTIVE)
        roles = people_of(world, organization)
        factories.draft(organization, by=roles["editor"], venue=f"Talo {state}")
        into = other if state == State.MERGED else None
        Organization.objects.filter(pk=organization.pk).update(state=state, merged_into=into)
        homes[state] = (organization, roles)
    before = all_rows()
    target = MOVES[name][1] if name in MOVES else ""
    found, expected = {}, {}
    for state, (organization, roles) in homes.items():
        for role, user in roles.items():
            found[state, role] = outcome(run, organization, user, other, before)
            if role not in who or state in closed:
                expected[state, role] = "not permitted"
            else:
                expected[state, role] = (target or state) if state in states else "wrong state"
    assert len(found) == len(STATES) * 9
    assert {key: value for key, value in found.items() if value != expected[key]} == {}


def test_every_move_has_its_action():
    assert set(MOVES) <= set(CASES)
