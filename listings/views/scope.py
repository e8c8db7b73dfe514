"""Whose listing a page is about."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from listings.models import Listing


def listing_of(request: HttpRequest, pk: int) -> Listing:
    """A listing that the person may write; for everybody else there is none."""
    listings = Listing.objects.editable_by(request.user).select_related("organization")
    return get_object_or_404(listings, pk=pk)
