"""Draws the lives of a version and of an organization from their tables of moves into `docs/states.md`.

Run as `python -m scripts.draw_states`. A test fails when the drawing is not that of the tables, or when a move is
there of which nobody has said who makes it.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import django

Moves = Mapping[str, tuple[frozenset[str], str]]

PLACE = Path(__file__).resolve().parent.parent / "docs" / "states.md"

BEFORE = """# States

What a version and an organization can be, and what leads from one to another. Written by
`python -m scripts.draw_states` from the tables in `listings/states.py` and `organizations/states.py`; do not change it
by hand. Which role may do what in which state is tested in `tests/guards/test_states.py` and
`tests/guards/test_organization_states.py`.
"""

# Who makes each move, in the order of the tables
OF_VERSIONS: dict[str, str] = {
    "submit": "people of the organization, once it is approved",
    "take_back": "people of the organization",
    "publish": "a moderator; the portal, where nobody has to decide before",
    "return": "a moderator, with a reason",
    "reject": "a moderator, with a reason",
    "supersede": "whatever publishes a newer version",
    "take_down": "a moderator, with a reason",
    "reconsider": "a moderator, with a reason",
}
OF_ORGANIZATIONS: dict[str, str] = {
    "approve": "a moderator",
    "decline": "a moderator, with a reason",
    "suspend": "a moderator, with a reason",
    "reinstate": "a moderator, with a reason",
    "merge": "a moderator",
}


def diagram(moves: Moves, first: str, states: list[str]) -> str:
    """The states and moves in Mermaid's language, in the order of the states; the ends lead out."""
    order = {state: number for number, state in enumerate(states)}
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {first}"]
    for name, (sources, target) in moves.items():
        lines += [f"    {source} --> {target}: {_words(name)}" for source in sorted(sources, key=order.__getitem__)]
    left = set().union(*(sources for sources, _target in moves.values()))
    lines += [f"    {state} --> [*]" for state in states if state not in left]
    return "\n".join([*lines, "```"])


def table(moves: Moves, who: Mapping[str, str], states: list[str]) -> str:
    """The same for readers without pictures."""
    order = {state: number for number, state in enumerate(states)}
    lines = ["| move | from | to | who |", "| --- | --- | --- | --- |"]
    for name, (sources, target) in moves.items():
        start = ", ".join(sorted(sources, key=order.__getitem__))
        lines.append(f"| {_words(name)} | {start} | {target} | {who[name]} |")
    return "\n".join(lines)


def _words(name: str) -> str:
    return name.replace("_", " ")


def drawing() -> str:
    """The whole file."""
    from listings import states as of_versions
    from organizations import states as of_organizations

    parts = [BEFORE.rstrip()]
    for title, module, who, first in (
        ("A version", of_versions, OF_VERSIONS, of_versions.State.DRAFT),
        ("An organization", of_organizations, OF_ORGANIZATIONS, of_organizations.State.PENDING),
    ):
        states = [str(state) for state in module.State]
        parts += [f"## {title}", diagram(module.MOVES, str(first), states), table(module.MOVES, who, states)]
    return "\n\n".join(parts) + "\n"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    PLACE.write_text(drawing(), encoding="utf-8")
    sys.stdout.write("docs/states.md is drawn.\n")


if __name__ == "__main__":
    main()
