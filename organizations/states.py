"""The life of an organization: one table of moves, and the one function that assigns the state."""

from organizations.locking import locked
from organizations.models import Organization
from portal.refusals import AlreadyDecided

State = Organization.State

# move: (states it may start from, state it leads to)
MOVES: dict[str, tuple[frozenset[str], str]] = {
    "approve": (frozenset({State.PENDING}), State.ACTIVE),
    "decline": (frozenset({State.PENDING}), State.DECLINED),
    "suspend": (frozenset({State.ACTIVE}), State.SUSPENDED),
    "reinstate": (frozenset({State.SUSPENDED}), State.ACTIVE),
    "merge": (frozenset({State.PENDING, State.ACTIVE}), State.MERGED),
}


def can_move(organization: Organization, name: str) -> bool:
    """Whether the move may start from the organization's present state."""
    return organization.state in MOVES[name][0]


def move(organization: Organization, name: str, **fields: object) -> Organization:
    """Move an organization under its row lock, with other fields that go along; gives it as it is now.

    `AlreadyDecided` when the state has gone on meanwhile. Called inside the action's transaction.
    """
    organization = locked(organization)
    if not can_move(organization, name):
        raise AlreadyDecided
    for field, value in fields.items():
        setattr(organization, field, value)
    organization.state = MOVES[name][1]
    organization.save(update_fields=["state", *fields])
    return organization
