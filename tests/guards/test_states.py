"""The life of a version: every state with every move, every action in every state by every role, one mover.

The life of an organization is in `test_organization_states.py`.
"""

import ast
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from listings import actions
from listings.actions import TalkIsOver
from listings.confirming import ConfirmationLink
from listings.models import Session, Version
from listings.states import MOVES, WrongState, can_move, move
from organizations.models import Membership, Organization, User
from portal.refusals import AlreadyDecided, NotPermitted
from tests.guards.rows import all_rows, changes_since
from tests.guards.world import OUR_APPS, World, person

STATES = [str(state) for state in Version.State]
ROOT = Path(settings.BASE_DIR)


# The table of moves


@pytest.mark.parametrize("name", list(MOVES))
@pytest.mark.parametrize("state", STATES)
def test_move_starts_from_its_states_and_from_no_other(world, state, name):
    version = world.home.version("draft")
    Version.objects.filter(pk=version.pk).update(state=state, submitted_at=timezone.now())
    sources, target = MOVES[name]
    version.refresh_from_db()
    assert can_move(version, name) == (state in sources)
    if state in sources:
        move(version, name)
        expected = target
    else:
        with pytest.raises(WrongState):
            move(version, name)
        expected = state
    assert Version.objects.get(pk=version.pk).state == expected


def test_table_leads_everywhere_and_ends_where_it_should():
    assert len(MOVES) == 8
    targets = {target for _sources, target in MOVES.values()}
    sources = set().union(*(sources for sources, _target in MOVES.values()))
    assert targets | {Version.State.DRAFT} == set(STATES), "a state that nothing leads to"
    assert set(STATES) - sources == {Version.State.SUPERSEDED}, "the end"


# The actions


def _people(world: World) -> dict[str, User]:
    home = world.home
    moderating_member = person(moderator=True)
    Membership.objects.create(organization=home.organization, user=moderating_member, state="active")
    return {
        "nobody": world.nobody,
        "asked": home.request.user,
        "editor": home.editor,
        "main_user": home.main_user,
        "stranger": world.other.main_user,
        "moderator": world.moderator,
        "moderator who is a member": moderating_member,
        "operator": world.operator,
        "system": User.objects.system(),
    }


WRITERS = {"editor", "main_user", "moderator who is a member"}
# Commands act through the system account: what is imported is published by it.
JUDGES = {"moderator", "system"}

# Where both sides can write to each other: what was decided a moment ago can still be talked about.
TALKING = {"submitted", "returned", "rejected", "published", "superseded"}

# action: (what it does, who may do it, the states in which it is done)
Case = tuple[Callable[[Version, User], object], set[str], set[str]]
OF_VERSIONS: dict[str, Case] = {
    "save": (
        lambda v, by: actions.save_answers(v, by=by, answers={"venue": "Muualla"}),
        WRITERS,
        {"draft", "returned"},
    ),
    "explain": (
        lambda v, by: actions.explain_findings(v, by=by, explanations={"non-commercial": "Vuokra."}),
        WRITERS,
        {"draft", "returned"},
    ),
    "submit": (lambda v, by: actions.submit_version(v, by=by), WRITERS, {"draft", "returned"}),
    "submit with an answer": (
        lambda v, by: actions.submit_with_answer(v, by=by, answer="Korjasin ajan."),
        WRITERS,
        {"draft", "returned"},
    ),
    "reconsider": (lambda v, by: actions.reconsider_version(v, by=by), JUDGES, {"returned", "rejected"}),
    "remark": (lambda v, by: actions.remark(v, by=by, text="Milloin?"), WRITERS, TALKING),
    "remark as moderator": (lambda v, by: actions.remark_as_moderator(v, by=by, text="Missä?"), JUDGES, TALKING),
    "take back": (lambda v, by: actions.take_back_version(v, by=by), WRITERS, {"submitted"}),
    "publish": (lambda v, by: actions.publish_version(v, by=by), JUDGES, {"submitted"}),
    "return": (lambda v, by: actions.return_version(v, by=by), JUDGES, {"submitted"}),
    "reject": (lambda v, by: actions.reject_version(v, by=by), JUDGES, {"submitted"}),
    "take down": (lambda v, by: actions.take_down_version(v, by=by), JUDGES, {"published"}),
}
SITUATIONS = {*STATES, "withdrawn", "over", "unconfirmed", "changed"}
SITUATIONS |= {"running out", "paused", "with a cancelled meeting"}


def start(organization: Organization, by: User) -> Version:
    return actions.start_listing(organization, by=by, section="activity", answers={"venue": "Uusi"})


def link_of(version: Version, recipient: User) -> ConfirmationLink:
    confirmed_on = version.listing.confirmed_on or timezone.localdate()
    return ConfirmationLink(version.listing, recipient, version.pk, confirmed_on)


def meeting(version: Version, *, is_cancelled: bool) -> Session:
    """A coming meeting of the kind, else another one, else one that was never written."""
    found = version.listing.sessions.upcoming(timezone.localdate())
    fitting = found.filter(cancelled_at__isnull=not is_cancelled)
    return fitting.first() or found.first() or Session(listing=version.listing)


PUBLISHED = {"published", "superseded", "over", "unconfirmed", "changed"}
PUBLISHED |= {"running out", "paused", "with a cancelled meeting"}
OF_LISTINGS: dict[str, Case] = {
    "withdraw": (lambda v, by: actions.withdraw_listing(v.listing, by=by), WRITERS, PUBLISHED),
    "restore": (lambda v, by: actions.restore_listing(v.listing, by=by), WRITERS, {"withdrawn"}),
    "confirm": (lambda v, by: actions.confirm_listing(v.listing, by=by), WRITERS, PUBLISHED - {"over"}),
    "confirm by link": (
        lambda v, by: actions.confirm_listing_by_link(link_of(v, by)),
        WRITERS,
        {"running out", "unconfirmed"},
    ),
    "pause": (
        lambda v, by: actions.pause_listing(v.listing, by=by, until=timezone.localdate() + timedelta(days=30)),
        WRITERS,
        PUBLISHED - {"over"},
    ),
    "end the break": (lambda v, by: actions.end_break(v.listing, by=by), WRITERS, {"paused"}),
    "cancel a meeting": (
        lambda v, by: actions.cancel_session(meeting(v, is_cancelled=False), by=by),
        WRITERS,
        PUBLISHED | {"withdrawn"},
    ),
    "restore a meeting": (
        lambda v, by: actions.restore_session(meeting(v, is_cancelled=True), by=by),
        WRITERS,
        {"with a cancelled meeting"},
    ),
    "copy": (lambda v, by: actions.copy_listing(v.listing, by=by), WRITERS, SITUATIONS),
    "open a new version": (lambda v, by: actions.open_new_version(v.listing, by=by), WRITERS, SITUATIONS),
    "start": (
        lambda v, by: actions.start_listing(
            v.listing.organization, by=by, section="activity", answers={"venue": "Uusi"}
        ),
        WRITERS,
        SITUATIONS,
    ),
}
# With an open version there already, opening gives that one and writes nothing.
HAS_AN_OPEN_VERSION = {"draft", "submitted", "returned", "changed"}


def outcome(run: Callable[[Version, User], object], version: Version, by: User, before: dict) -> str:
    """What an action does: `done`, or why not. Whatever it did is undone; a refusal has written nothing."""
    with transaction.atomic(), changes_since(before) as changes:
        try:
            run(Version.objects.get(pk=version.pk), by)
            result = "done"
        except NotPermitted:
            result = "not permitted"
        except (AlreadyDecided, TalkIsOver):
            result = "wrong state"
        changed = changes.tables()
        transaction.set_rollback(True)
    if result != "done":
        assert changed == []
    return result if changed or result != "done" else "nothing to do"


@pytest.mark.parametrize("name", [*OF_VERSIONS, *OF_LISTINGS])
def test_action_is_done_by_its_roles_in_its_states(world, name):
    run, who, states = (OF_VERSIONS | OF_LISTINGS)[name]
    people = _people(world)
    versions = {kind: world.home.version(kind) for kind in (STATES if name in OF_VERSIONS else SITUATIONS)}
    found, expected = {}, {}
    before = all_rows()
    for kind, version in versions.items():
        if name in OF_VERSIONS:
            assert version.state == kind
        for role, user in people.items():
            found[kind, role] = outcome(run, version, user, before)
            opened = name == "open a new version" and kind in HAS_AN_OPEN_VERSION
            done = "nothing to do" if opened else "done"
            expected[kind, role] = "not permitted" if role not in who else done if kind in states else "wrong state"
    assert len(found) == len(versions) * len(people) >= 48
    assert {key: value for key, value in found.items() if value != expected[key]} == {}


def test_every_action_on_listings_is_in_the_tables():
    functions = {name for name in actions.__all__ if name.islower()}
    named = {
        "save_answers",
        "explain_findings",
        "submit_version",
        "submit_with_answer",
        "reconsider_version",
        "remark",
        "remark_as_moderator",
        "take_back_version",
        "publish_version",
        "return_version",
        "reject_version",
        "take_down_version",
        "withdraw_listing",
        "restore_listing",
        "confirm_listing",
        "confirm_listing_by_link",
        "pause_listing",
        "end_break",
        "cancel_session",
        "restore_session",
        "copy_listing",
        "open_new_version",
        "start_listing",
    }
    # What follows from an organization's state or name; moderators' actions call these, and have tests of their own.
    following = {"move_listings", "refresh_listings_of", "report_listing", "answer_report", "keep_reported"}
    assert functions == named | following
    assert len(OF_VERSIONS | OF_LISTINGS) == len(named)


# Who assigns a state


def _writes_state(node: ast.AST) -> bool:
    """Whether a piece of code writes an attribute or column called `state` of a row that is there already."""
    if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        flat = [leaf for target in targets for leaf in ast.walk(target)]
        return any(isinstance(leaf, ast.Attribute) and leaf.attr == "state" for leaf in flat)
    if not isinstance(node, ast.Call):
        return False
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    texts = [one.value for one in node.args if isinstance(one, ast.Constant)]
    if called in ("setattr", "bulk_update", "_raw_delete"):
        return "state" in texts or called != "setattr"
    if called in ("update", "update_or_create"):
        keys = [word.arg for word in node.keywords]
        keys += [
            str(key.value)
            for word in node.keywords
            if isinstance(word.value, ast.Dict)
            for key in word.value.keys
            if isinstance(key, ast.Constant)
        ]
        return "state" in keys
    return False


def _places(tree: ast.Module) -> Iterator[str]:
    """The functions in which a state is written."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and any(map(_writes_state, ast.walk(node))):
            yield node.name


def test_one_function_assigns_the_state_of_a_version():
    places, files = set(), 0
    for app in OUR_APPS:
        for file in sorted((ROOT / app).rglob("*.py")):
            if "migrations" in file.parts:
                continue
            files += 1
            tree = ast.parse(file.read_text(encoding="utf-8"))
            places |= {f"{file.relative_to(ROOT).as_posix()}: {name}" for name in _places(tree)}
    assert files > 80
    assert places == {
        "listings/states.py: move",
        # States of other things, each with its own one function
        "organizations/states.py: move",
        "organizations/actions/standing.py: set_standing",
        "organizations/actions/invitation.py: close_invitation",
        "organizations/actions/changing.py: _close",
        "organizations/actions/merging.py: merge_organizations",  # withdraws the change that waits
        # Rows that are made for benchmarks, before they are stored
        "listings/imports/synthetic.py: _hide",
    }


@pytest.mark.parametrize(
    "code",
    [
        "version.state = x",
        "a, version.state = x",
        "setattr(version, 'state', x)",
        "rows.update(state=x)",
        "rows.update_or_create(defaults={'state': x})",
    ],
)
def test_assignment_is_noticed(code):
    assert list(_places(ast.parse(f"def function():\n    {code}"))) == ["function"]
