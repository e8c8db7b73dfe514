"""How the rules fare in real use: how often each one noticed something, and what moderators made of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from listings.eligibility import RULES
from moderation.models import Decision

Outcome = Decision.Outcome

# What ends or stops a version: only here do reasons say what the moderator saw.
REFUSING = (Outcome.RETURNED, Outcome.REJECTED, Outcome.TAKEN_DOWN)

# What counting needs of a decision
COLUMNS = ("outcome", "findings", "reasons")
Row = tuple[str, list[Mapping[str, str]], list[str]]


@dataclass
class RuleUse:
    """One rule's counts, each of decisions on versions.

    `noticed`: it found something; then the moderator `agreed` (refused, and gave it as a reason), `accepted` the
    version nevertheless, or refused for `other_reasons`. `missed`: the moderator gave it as a reason unprompted.
    """

    code: str
    noticed: int = 0
    agreed: int = 0
    accepted: int = 0
    other_reasons: int = 0
    missed: int = 0

    @property
    def precision(self) -> float | None:
        """The share of what it noticed with which the moderator agreed; None when it noticed nothing."""
        return self.agreed / self.noticed if self.noticed else None

    @property
    def recall(self) -> float | None:
        """The share of the moderators' reasons that it had noticed; None when it was never a reason."""
        given = self.agreed + self.missed
        return self.agreed / given if given else None

    @property
    def is_silent(self) -> bool:
        return not self.noticed and not self.missed


def count_use(decisions: Iterable[Row]) -> tuple[int, list[RuleUse]]:
    """The number of decisions, and each rule's use in the rules' order. A code that is no rule any more is left out."""
    uses = {code: RuleUse(code) for code in RULES}
    total = 0
    for outcome, findings, reasons in decisions:
        total += 1
        is_refused = outcome in REFUSING
        found = {finding["code"] for finding in findings}
        # Under an accepted version the reasons are ticks that nobody took away.
        given = set(reasons) if is_refused else set()
        for code in (found | given) & set(uses):
            use = uses[code]
            use.noticed += code in found
            use.agreed += code in found and code in given
            use.other_reasons += code in found and is_refused and code not in given
            use.accepted += code in found and not is_refused
            use.missed += code not in found
    return total, list(uses.values())
