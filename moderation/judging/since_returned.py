"""What has become of a version since it was sent back: its author's answer, and each word that is another one now."""

from dataclasses import dataclass

from listings.models import Remark, Version
from listings.returned import Asked, SentBack
from listings.snapshots import PERSONAL, as_it_was
from moderation.judging.changes import ShownFact, ShownText, shown_facts, shown_texts
from moderation.judging.noting import LABELS
from moderation.models import Decision


@dataclass(frozen=True)
class SinceReturned:
    """A version that waits again. `asked` has what the form calls the answer, and whether it was changed."""

    decision: Decision
    answers: list[Remark]
    asked: list[tuple[str, Asked]]
    texts: list[ShownText]
    facts: list[ShownFact]
    is_contact_changed: bool

    @property
    def is_changed(self) -> bool:
        return bool(self.texts or self.facts or self.is_contact_changed)

    @property
    def is_known(self) -> bool:
        """Whether what was sent back was kept: of the earliest decisions it was not."""
        return bool(self.decision.snapshot)


def since_returned(version: Version) -> SinceReturned | None:
    """None when it does not wait, or when nobody has sent it back."""
    if version.state != Version.State.SUBMITTED:
        return None
    decision = version.decisions.select_related("moderator").first()
    if decision is None or decision.outcome != Decision.Outcome.RETURNED:
        return None
    returned = SentBack(decision, version)
    then = as_it_was(version, decision.snapshot) if decision.snapshot else version
    said = version.remarks.filter(is_from_moderator=False, at__gte=decision.at).select_related("author")
    return SinceReturned(
        decision=decision,
        answers=list(said),
        asked=[(str(LABELS.get(one.answer, one.answer)), one) for one in returned.asked],
        texts=[text for text in shown_texts(version, then) if text.is_changed],
        facts=[fact for fact in shown_facts(version, then) if fact.is_changed],
        is_contact_changed=bool(returned.changed & set(PERSONAL)),
    )
