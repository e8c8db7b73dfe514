"""Listings follow their organization: to the one that it is joined with, and into and out of readers' sight."""

from django.db import transaction

from listings.models import Listing, Version
from listings.search.index import refresh_listings
from organizations.models import Organization
from portal import freshness


@transaction.atomic
def move_listings(gone: Organization, stays: Organization) -> int:
    """Give all listings of one organization to another; return how many. The caller holds the lock of both.

    The rows are locked before the index, as by whoever publishes one of them at this moment.
    """
    keys = list(
        Listing.objects.select_for_update().filter(organization=gone).order_by("pk").values_list("pk", flat=True)
    )
    Listing.objects.filter(pk__in=keys).update(organization=stays)
    refresh_listings(Listing.objects.filter(pk__in=keys, versions__state=Version.State.PUBLISHED))
    freshness.raise_version()
    return len(keys)


def refresh_listings_of(organization: Organization) -> None:
    """Bring the index in line with an organization's new state or name. Within the transaction of the change."""
    refresh_listings(Listing.objects.filter(organization=organization, versions__state=Version.State.PUBLISHED))
