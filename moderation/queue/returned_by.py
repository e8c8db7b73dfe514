"""Which moderator sent a version back: when it comes again, it is theirs first. And where somebody waits for a word."""

from collections.abc import Iterable

from django.db.models import OuterRef, Subquery

from listings.models import Remark, Version
from moderation.models import Decision
from moderation.queue.cases import SOURCES, Case
from moderation.queue.choosing import Choice
from organizations.models import User


def moderator_of(version_ids: Iterable[int]) -> dict[int, int]:
    """The moderator by version, of those that were sent back: whoever did so last."""
    returned = Decision.objects.filter(version__in=list(version_ids), outcome=Decision.Outcome.RETURNED)
    return dict(returned.order_by("at", "pk").values_list("version_id", "moderator_id"))


def come_again(choice: Choice, moderator: User) -> list[Case]:
    """Those of `come_again_to` that are in a part of the queue, as its cases."""
    if not (theirs := come_again_to(moderator)):
        return []
    chosen = SOURCES["version"].chosen(choice).filter(pk__in=theirs).order_by("submitted_at", "pk")
    return [Case("version", pk, since) for pk, since in chosen.values_list("pk", "submitted_at")]


def come_again_to(moderator: User) -> list[int]:
    """The versions that wait and that this moderator was the last to send back, the oldest first."""
    theirs = Decision.objects.filter(
        moderator=moderator, outcome=Decision.Outcome.RETURNED, version__state=Version.State.SUBMITTED
    ).values("version")
    found = list(Version.objects.awaiting_decision().filter(pk__in=theirs).values_list("pk", flat=True))
    last = moderator_of(found)
    return [pk for pk in found if last[pk] == moderator.pk]


def with_a_message(version_ids: Iterable[int]) -> set[int]:
    """The versions about which the organization has the last word: somebody may wait for an answer."""
    last = Remark.objects.filter(version=OuterRef("pk")).order_by("-at", "-pk")
    versions = Version.objects.filter(pk__in=list(version_ids)).annotate(
        is_answered=Subquery(last.values("is_from_moderator")[:1])
    )
    return set(versions.filter(is_answered=False).values_list("pk", flat=True))
