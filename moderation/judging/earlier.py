"""What has been decided before on a listing and on its organization."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from listings.models import Listing
from listings.presentation import title_of
from moderation.models import Decision
from organizations.models import Organization
from portal.texts import Text

Outcome = Decision.Outcome

LATEST = 5
# What an organization's standing is made of
COUNTED = (Outcome.PUBLISHED, Outcome.RETURNED, Outcome.REJECTED, Outcome.TAKEN_DOWN)


@dataclass(frozen=True)
class Earlier:
    """A decision, with the title of the version on which it was made; None on an organization."""

    decision: Decision
    title: Text | None


def title_of_listing(listing: Listing) -> Text:
    """As moderators call it: by what readers see, else by what was written last."""
    return title_of(listing.published_version or listing.latest_version)


def told(decisions: Iterable[Decision]) -> list[Earlier]:
    """Decisions as a page tells them."""
    return [Earlier(one, title_of(one.version) if one.version is not None else None) for one in decisions]


def with_names(decisions: QuerySet[Decision]) -> QuerySet[Decision]:
    """With all that a line about a decision needs."""
    return decisions.select_related("moderator", "version__listing", "organization").order_by("-at", "-pk")


def decisions_on_listing(listing: Listing) -> QuerySet[Decision]:
    """On any version of the listing, the latest first."""
    return with_names(Decision.objects.filter(version__listing=listing))


def decisions_on_organization(organization: Organization) -> QuerySet[Decision]:
    """On the organization and on all its listings, the latest first."""
    listings = Decision.objects.filter(version__listing__organization=organization).order_by().values("pk")
    itself = Decision.objects.filter(organization=organization).order_by().values("pk")
    return with_names(Decision.objects.filter(pk__in=listings.union(itself)))


def standing_of(organization: Organization) -> dict[str, int]:
    """How often each decision was made on its listings, by what it is called."""
    counts = dict(
        Decision.objects.filter(version__listing__organization=organization, outcome__in=COUNTED)
        .order_by()
        .values_list("outcome")
        .annotate(Count("pk"))
    )
    return {str(outcome.label): counts[outcome] for outcome in COUNTED if outcome in counts}
