"""Feeds and calendars of a search, an organization or a listing. Only GET, no sign-in, the same for everybody."""

from collections.abc import Sequence

from django.contrib.auth.decorators import login_not_required
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from listings import browsing
from listings.feeds.atom import MOST_ENTRIES, atom_of
from listings.feeds.calendars import MOST_LISTINGS, calendar_of
from listings.feeds.following import (
    Followed,
    listing_followed,
    organization_followed,
    public_versions,
    search_followed,
)
from listings.forms import ListingFilter
from listings.models import Version
from listings.presentation import for_cards
from listings.search import NEWEST, SOONEST
from listings.views.moved import to_present_address
from organizations.models import Organization
from portal.page_cache import kept

# Programs that follow a feed ask by the hour; a cancelled meeting should not wait long.
KEPT_SECONDS = 300


def _sent(content: str | bytes, content_type: str, name: str) -> HttpResponse:
    """The answer: kept for a moment, opened by the right program, not listed by search engines beside its page."""
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, public=True, max_age=KEPT_SECONDS)
    return response


def _feed(
    followed: Followed, versions: Sequence[Version], name: str, *, with_cancellations: bool = False
) -> HttpResponse:
    content = atom_of(followed, versions, with_cancellations=with_cancellations)
    return _sent(content, "application/atom+xml; charset=utf-8", f"{name}.atom")


def _calendar(followed: Followed, versions: Sequence[Version], name: str) -> HttpResponse:
    return _sent(calendar_of(followed, versions), "text/calendar; charset=utf-8", f"{name}.ics")


def _wrong_values(filters: ListingFilter) -> HttpResponse:
    """In words, one line for each filter. A feed without the wrong filter would be of something else."""
    errors = filters.form.errors
    lines = [f"{filters.form.fields[name].label}: {error}" for name in errors for error in errors[name]]
    return HttpResponseBadRequest("\n".join(lines), content_type="text/plain; charset=utf-8")


def _found(filters: ListingFilter, order: str, most: int) -> list[Version]:
    """What the list page shows for the same filters, in the order that a feed or a calendar needs."""
    chosen = {**filters.chosen(), "order": [order]}
    return public_versions(ListingFilter(chosen, section=filters.section).search(1, most, with_facets=False).ids)


@kept(*ListingFilter.base_filters)
@login_not_required
@require_safe
def list_feed(request: HttpRequest, section: str) -> HttpResponse:
    """The newest listings of a search."""
    filters = ListingFilter(request.GET, section=section)
    if not filters.form.is_valid():
        return _wrong_values(filters)
    return _feed(search_followed(filters, browsing.heading(filters)), _found(filters, NEWEST, MOST_ENTRIES), section)


@kept(*ListingFilter.base_filters)
@login_not_required
@require_safe
def list_calendar(request: HttpRequest, section: str) -> HttpResponse:
    """The meetings of a search, of the listings that meet soonest."""
    filters = ListingFilter(request.GET, section=section)
    if not filters.form.is_valid():
        return _wrong_values(filters)
    return _calendar(
        search_followed(filters, browsing.heading(filters)), _found(filters, SOONEST, MOST_LISTINGS), section
    )


def _versions(organization: Organization) -> QuerySet[Version]:
    return for_cards(Version.objects.public().filter(listing__organization=organization))


@kept()
@login_not_required
@require_safe
def organization_feed(request: HttpRequest, slug: str) -> HttpResponse:
    organization = Organization.objects.public().filter(slug=slug).first()
    if organization is None:
        return to_present_address(request, slug)
    newest = _versions(organization).order_by("-listing__published_at", "-pk")[:MOST_ENTRIES]
    return _feed(organization_followed(organization), list(newest), slug)


@kept()
@login_not_required
@require_safe
def organization_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    organization = Organization.objects.public().filter(slug=slug).first()
    if organization is None:
        return to_present_address(request, slug)
    soonest = _versions(organization).order_by(F("next_on").asc(nulls_last=True), "-pk")[:MOST_LISTINGS]
    return _calendar(organization_followed(organization), list(soonest), slug)


def _listing(slug: str) -> Version:
    return get_object_or_404(for_cards(Version.objects.public()), listing__slug=slug)


@kept()
@login_not_required
@require_safe
def listing_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """The listing whenever it changes, and each meeting that is cancelled."""
    version = _listing(slug)
    return _feed(listing_followed(version), [version], slug, with_cancellations=True)


@kept()
@login_not_required
@require_safe
def listing_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The meetings of one listing; none when it has no times of its own."""
    version = _listing(slug)
    return _calendar(listing_followed(version), [version], slug)
