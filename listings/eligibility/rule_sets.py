"""A rule set is one edition of the rules: its version, its first day, what changed, its limits and its switches."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True)
class RuleSet:
    """One edition of the rules; the first one, when nothing is said.

    `fee_review_limit` is in euros, per person and for the whole activity: a fee above it goes to a moderator.
    `single_events_allowed` lets a single event for immigrants be listed. `what_changed` tells moderators, in plain
    words, what is different from the edition before.
    """

    version: str = "2026.1"
    valid_from: date = date(2026, 1, 1)
    fee_review_limit: Decimal = Decimal("50")
    single_events_allowed: bool = False
    what_changed: "StrPromise | str" = field(default="", compare=False)

    @property
    def limits(self) -> Mapping[str, str | bool]:
        """The limits and switches as plain data, to be kept with a decision."""
        return {
            "fee_review_limit": str(self.fee_review_limit),
            "single_events_allowed": self.single_events_allowed,
        }


# All editions, the newest last. Add one when a rule in `rules.py`, a check or a pattern changes what it decides, with
# the day of the release as its first day: every decision stores the version it was made under, so that it can be read
# later against the rules of its own time. An edition that changes only a limit or a switch may begin on a day to come.
RULE_SETS: tuple[RuleSet, ...] = (RuleSet(what_changed=_("The first rules of this portal.")),)
