"""What everybody can see beside the lists: the start page, a listing, an organization. Only GET, no sign-in."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from listings import browsing
from listings.cards import cards_of
from listings.feeds import linked_data
from listings.feeds.following import listing_followed, organization_followed
from listings.models import ActivityForm, Listing, Version
from listings.nearby import similar_listings
from listings.presentation import card_of, for_cards, page_of, with_next_meeting
from listings.search import search
from listings.street import street
from listings.tile_map import tiles
from listings.views.moved import to_present_address
from listings.views.paging import page_links
from organizations.models import Organization
from portal.facts import rows_of
from portal.models import Municipality, Region
from portal.page_cache import kept

# How many of the next meetings a page tells to programs that read it.
MEETINGS_IN_DATA = 10


@kept()
@login_not_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What do you want to do, and where do you live?"""
    path = browsing.list_path(Listing.ACTIVITY)
    forms = [form.pk for form in rows_of(ActivityForm)]
    regions = [region.pk for region in rows_of(Region)]
    found = search(per_page=0, facets={"form": forms, "region": regions})
    houses, others = street(found.facets["form"], lambda code: browsing.address(path, {"form": [code]}))
    map_path = browsing.view_path(Listing.ACTIVITY, "map")
    context = {
        "streets": houses,
        "other_forms": others,
        "tiles": tiles(found.facets["region"], lambda code: browsing.address(map_path, {"region": [code]})),
        "municipalities": [{"code": row.pk, "name": str(row)} for row in rows_of(Municipality)],
        "total": found.total,
        "search_url": path,
        "online_url": browsing.address(path, {"online": ["yes"]}),
        "professional_url": browsing.list_path(Listing.PROFESSIONAL),
        "list_activity_url": reverse("desk"),
    }
    return render(request, "portal/start.html", context)


@kept()
@login_not_required
@require_safe
def listing_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One listing with all its facts."""
    version = get_object_or_404(
        for_cards(Version.objects.public()).prefetch_related("target_groups"), listing__slug=slug
    )
    coming = version.listing.sessions.upcoming(timezone.localdate())[:MEETINGS_IN_DATA]
    context = {
        "card": card_of(version),
        "listing": page_of(version),
        "back_url": browsing.list_path(version.listing.section),
        "share_url": settings.SITE_URL + version.listing.get_absolute_url(),
        "report_url": reverse("listing_report", args=[slug]),
        "is_preview": False,
        "quick_exit_url": settings.QUICK_EXIT_URL if version.is_discreet else "",
        "follow": listing_followed(version),
        "linked_data": linked_data.of_listing(version, coming),
        "similar": cards_of(similar_listings(version), heading="h3"),
    }
    return render(request, "listings/listing_detail.html", context)


@kept("page")
@login_not_required
@require_safe
def organization_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """An organization with its listings and branches."""
    organization = Organization.objects.public().select_related("municipality", "parent").filter(slug=slug).first()
    if organization is None:
        return to_present_address(request, slug)
    versions = with_next_meeting(Version.objects.public().filter(listing__organization=organization))
    ordered = versions.order_by(
        F("next_on").asc(nulls_last=True), F("starts").asc(nulls_last=True), "-listing__published_at", "-pk"
    ).values_list("listing", flat=True)
    page = Paginator(ordered, settings.LISTINGS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "organization": organization,
        "branches": organization.branches.public(),
        "cards": cards_of(list(page), heading="h3"),
        "page_obj": page,
        "follow": organization_followed(organization),
        "linked_data": linked_data.of_organization(organization),
        **page_links(request, page, {}),
    }
    if page.number > 1:
        request.canonical_path = browsing.address(request.path, {}, page=page.number)  # type: ignore[attr-defined]
    return render(request, "listings/organization_detail.html", context)
