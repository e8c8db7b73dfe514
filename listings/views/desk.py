"""The organization's desk: what needs doing, all listings, what has happened. One address for each organization."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from listings import browsing
from listings.activity_log import happenings, told_of
from listings.forms.desk import DeskFilterForm
from listings.models import Listing, Version
from listings.needs import needs_of
from listings.standing import standing_of
from listings.trust import is_trusted
from listings.views.paging import page_links, page_number
from listings.views.scope import desk_of, memberships_of
from organizations.models import Membership, Organization
from portal.answering import wrong_query

HAPPENINGS_PER_PAGE = 50


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """On to the only organization; for a person in several, the door of each with what waits behind it."""
    memberships = memberships_of(request)
    active = [one for one in memberships if one.state == Membership.State.ACTIVE]
    if len(active) == len(memberships) == 1:
        return redirect("organization_desk", active[0].organization_id)
    needs = needs_of(active)
    context = {
        "doors": [{"membership": one, "needs": needs[one.organization_id]} for one in active],
        "asked": [one for one in memberships if one.state == Membership.State.ASKED],
    }
    return render(request, "listings/desk.html", context)


@require_safe
def organization_desk(request: HttpRequest, organization_pk: int) -> HttpResponse:
    """What one organization has to do, and its listings with where each stands."""
    desk = desk_of(request, organization_pk)
    form = DeskFilterForm(request.GET)
    chosen = form.chosen()
    listings = form.found(desk.organization) if not desk.is_closed else Listing.objects.none()
    versions = Prefetch("versions", Version.objects.order_by("-number"))
    paginator = Paginator(listings.prefetch_related(versions), settings.LISTINGS_PER_PAGE)
    page = paginator.get_page(page_number(request.GET.get("page")))
    here = {"page": page.number} if page.number > 1 else {}
    context = {
        "desk": desk,
        "organization": desk.organization,
        "decision": _decision(desk.organization),
        "is_trusted": is_trusted(desk.organization),
        "needs": needs_of([desk.membership])[desk.organization.pk],
        "form": form,
        "is_filtered": bool(chosen),
        "standings": [standing_of(listing) for listing in page],
        "total": paginator.count,
        "page_obj": page,
        "query": browsing.address("", chosen, **here),
        **page_links(request, page, chosen),
    }
    response = render(request, "listings/organization_desk.html", context)
    return response if form.is_valid() else wrong_query(response)


def _decision(organization: Organization) -> Any:
    """Why nobody sees it: the moderator's decision that it was not approved, or is hidden."""
    if organization.state not in (Organization.State.DECLINED, Organization.State.SUSPENDED):
        return None
    return organization.decisions.filter(outcome=organization.state).first()


@require_safe
def organization_activity(request: HttpRequest, organization_pk: int) -> HttpResponse:
    """Who did what for the organization, the newest first."""
    desk = desk_of(request, organization_pk)
    paginator = Paginator(happenings(desk.organization), HAPPENINGS_PER_PAGE)
    page = paginator.get_page(page_number(request.GET.get("page")))
    context = {
        "desk": desk,
        "organization": desk.organization,
        "events": told_of(list(page), desk.organization),
        "page_obj": page,
        **page_links(request, page, {}),
    }
    return render(request, "listings/organization_activity.html", context)
