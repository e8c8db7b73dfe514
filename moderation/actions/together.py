"""One answer to several versions that are alike. Each gets its own decision, with all that belongs to it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from listings.answers import findings_of
from listings.eligibility import Severity
from listings.models import Version
from moderation.models import Decision
from organizations.models import User
from portal.refusals import Refused


class NotAlike(Refused):
    """They are no identical cases."""

    message = _(
        "These cannot be decided together. They have to be listings of one organization in which the rules noticed "
        "the same, and all new or all changes."
    )


@dataclass
class Answered:
    """What was decided, and what could not be, with the reason."""

    decided: list[Version] = field(default_factory=list)
    refused: list[tuple[Version, Refused]] = field(default_factory=list)


def check_alike(versions: Sequence[Version]) -> None:
    """`NotAlike` when they are not: another organization, new beside changed, or other findings."""
    listings = [version.listing_id for version in versions]
    published = set(
        Version.objects.filter(state=Version.State.PUBLISHED, listing__in=listings).values_list("listing", flat=True)
    )
    kinds = {
        (
            version.listing.organization_id,
            version.listing_id in published,
            frozenset(one.code for one in findings_of(version) if one.severity != Severity.ADVICE),
        )
        for version in versions
    }
    if len(kinds) != 1:
        raise NotAlike


def decide_together(
    versions: Sequence[Version],
    decide: Callable[..., Decision],
    *,
    by: User,
    seen: Mapping[int, str],
    reasons: Sequence[str] = (),
    message: str = "",
) -> Answered:
    """Carry out one decision on each version. What stands against one does not stop the others."""
    check_alike(versions)
    answered = Answered()
    for version in versions:
        try:
            decide(version, by=by, reasons=reasons, message=message, seen=seen.get(version.pk, ""))
        except Refused as refusal:
            answered.refused.append((version, refusal))
        else:
            answered.decided.append(version)
    return answered
