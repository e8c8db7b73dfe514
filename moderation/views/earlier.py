"""All decisions on a listing, or on an organization and its listings."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from listings.models import Listing
from moderation.judging.earlier import (
    decisions_on_listing,
    decisions_on_organization,
    standing_of,
    title_of_listing,
    told,
)
from moderation.models import Decision
from moderation.permissions import moderators_only
from organizations.models import Organization
from portal.texts import Text

DECISIONS_PER_PAGE = 25


def _page(
    request: HttpRequest,
    organization: Organization,
    decisions: QuerySet[Decision],
    name: str | Text,
    standing: dict[str, int],
) -> HttpResponse:
    page = Paginator(decisions, DECISIONS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "organization": organization,
        "name": name,
        "standing": standing,
        "page_obj": page,
        "decisions": told(page),
        "previous_url": f"?page={page.previous_page_number()}" if page.has_previous() else "",
        "next_url": f"?page={page.next_page_number()}" if page.has_next() else "",
    }
    return render(request, "moderation/organization_decisions.html", context)


@moderators_only
@require_safe
def organization_decisions(request: HttpRequest, pk: int) -> HttpResponse:
    organization = get_object_or_404(Organization, pk=pk)
    decisions = decisions_on_organization(organization)
    return _page(request, organization, decisions, str(organization), standing_of(organization))


@moderators_only
@require_safe
def listing_decisions(request: HttpRequest, pk: int) -> HttpResponse:
    listing = get_object_or_404(Listing.objects.select_related("organization"), pk=pk)
    return _page(request, listing.organization, decisions_on_listing(listing), title_of_listing(listing), {})
