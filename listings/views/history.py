"""What has happened with one listing, for its organization's people."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from listings.activity_log import happenings_of_listing, title_of_listing, told_of_listing
from listings.views.paging import page_links, page_number
from listings.views.scope import listing_of

HAPPENINGS_PER_PAGE = 50


@require_safe
def listing_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Who did what with the listing and what was decided, the newest first."""
    listing = listing_of(request, pk)
    page = Paginator(happenings_of_listing(listing), HAPPENINGS_PER_PAGE).get_page(page_number(request.GET.get("page")))
    context = {
        "listing": listing,
        "title": title_of_listing(listing),
        "events": told_of_listing(list(page), listing),
        "page_obj": page,
        **page_links(request, page, {}),
    }
    return render(request, "listings/listing_history.html", context)
