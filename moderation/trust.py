"""Which organizations may publish without a decision before: by a moderator's word, else by what was decided on them.

The record is read from the decisions each time, so that a decision takes trust away by itself.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from listings.models import Version
from moderation.models import Decision
from organizations.models import Organization

Outcome = Decision.Outcome
Trust = Organization.Trust

# Decisions that speak against an organization for `TRUST_CLEAN_DAYS`.
REFUSING = (Outcome.REJECTED, Outcome.TAKEN_DOWN)
# After these a moderator has seen something in a listing that has to change, and looks whether it has.
OBJECTING = (Outcome.RETURNED, Outcome.RECONSIDERED, *REFUSING)


@dataclass(frozen=True)
class Record:
    """What moderators have decided: how many listings they `published`, how many they `refused` not long ago."""

    published: int
    refused: int

    @property
    def is_good(self) -> bool:
        """Whether it is enough without a moderator's word. `TRUST_PUBLISHED` of 0 lets no record be enough."""
        return bool(settings.TRUST_PUBLISHED) and self.published >= settings.TRUST_PUBLISHED and not self.refused


def record_of(organization: Organization) -> Record:
    """The decisions on the organization's listings, also on those that it took over from another one."""
    clean_since = timezone.now() - timedelta(days=settings.TRUST_CLEAN_DAYS)
    counts = Decision.objects.filter(version__listing__organization=organization).aggregate(
        published=_listings(outcome=Outcome.PUBLISHED),
        refused=_listings(outcome__in=REFUSING, at__gt=clean_since),
    )
    return Record(**counts)


def _listings(**decided: Any) -> Count:
    return Count("version__listing", distinct=True, filter=Q(**decided))


def is_trusted(organization: Organization) -> bool:
    """Whether what it sends may be public at once, when the rules find nothing. Never while it is suspended."""
    if organization.state != Organization.State.ACTIVE or organization.trust == Trust.WITHDRAWN:
        return False
    return organization.trust == Trust.GRANTED or record_of(organization).is_good


def needs_no_decision(version: Version) -> bool:
    """Whether its sender is trusted, and no moderator has objected to what was sent last of this listing."""
    if not is_trusted(version.listing.organization):
        return False
    decided = Decision.objects.filter(version__listing=version.listing_id).order_by("-at", "-pk")
    return decided.values_list("outcome", flat=True).first() not in OBJECTING


def trust_in_words(organization: Organization) -> str:
    """Why it is trusted, or is not, for the moderators."""
    if organization.state != Organization.State.ACTIVE:
        return _("Not trusted: only an approved organization that readers see can be.")
    if organization.trust == Trust.WITHDRAWN:
        return _("Not trusted: a moderator took the trust away.")
    if organization.trust == Trust.GRANTED:
        return _("Trusted: a moderator decided so.")
    record = record_of(organization)
    if record.is_good:
        return ngettext(
            "Trusted: moderators have published %(count)s listing of it, and refused none lately.",
            "Trusted: moderators have published %(count)s listings of it, and refused none lately.",
            record.published,
        ) % {"count": record.published}
    if record.refused:
        return ngettext(
            "Not trusted: moderators refused %(count)s listing of it in the last %(days)s days.",
            "Not trusted: moderators refused %(count)s listings of it in the last %(days)s days.",
            record.refused,
        ) % {"count": record.refused, "days": settings.TRUST_CLEAN_DAYS}
    if not settings.TRUST_PUBLISHED:
        return _("Not trusted: no moderator has decided so.")
    return ngettext(
        "Not trusted yet: moderators have published %(count)s listing of it. It takes %(needed)s.",
        "Not trusted yet: moderators have published %(count)s listings of it. It takes %(needed)s.",
        record.published,
    ) % {"count": record.published, "needed": settings.TRUST_PUBLISHED}
