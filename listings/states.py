"""The life of a version: one table of moves, and the one function that assigns the state."""

from django.utils.translation import gettext_lazy as _

from listings.models import Listing, Version
from portal.refusals import AlreadyDecided

State = Version.State

# move: (states it may start from, state it leads to)
MOVES: dict[str, tuple[frozenset[str], str]] = {
    "submit": (frozenset({State.DRAFT, State.RETURNED}), State.SUBMITTED),
    "take_back": (frozenset({State.SUBMITTED}), State.DRAFT),
    "publish": (frozenset({State.SUBMITTED}), State.PUBLISHED),
    "return": (frozenset({State.SUBMITTED}), State.RETURNED),
    "reject": (frozenset({State.SUBMITTED}), State.REJECTED),
    "supersede": (frozenset({State.PUBLISHED}), State.SUPERSEDED),
    "take_down": (frozenset({State.PUBLISHED}), State.REJECTED),
    "reconsider": (frozenset({State.RETURNED, State.REJECTED}), State.SUBMITTED),
}


class WrongState(AlreadyDecided):
    """The version is not in a state from which this move starts."""

    message = _("This has changed since you opened the page. Nothing was changed now. Look at it again.")


def can_move(version: Version, move: str) -> bool:
    """Whether the move may start from the version's present state."""
    return version.state in MOVES[move][0]


def move(version: Version, name: str) -> None:
    """Move a version under a row lock on its listing; `WrongState` when the state has gone on meanwhile.

    Called inside the action's transaction. Locking the listing and not the version keeps two versions of one
    listing from being published at the same moment.
    """
    Listing.objects.select_for_update().get(pk=version.listing_id)
    version.state = Version.objects.values_list("state", flat=True).get(pk=version.pk)
    if not can_move(version, name):
        raise WrongState
    version.state = MOVES[name][1]
    version.save(update_fields=["state", "submitted_at", "changed_at"])
