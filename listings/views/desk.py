"""The organization's side: what one's organizations have, and what can be done to each listing."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from listings import actions
from listings.eligibility import RULES
from listings.models import Listing, Version
from listings.standing import standing_of
from organizations.models import Membership, Organization
from portal.answering import do


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """All organizations of the person, with all their listings and where each stands."""
    memberships = (
        Membership.objects.filter(user=request.user)
        .exclude(state=Membership.State.REMOVED)
        .select_related("organization__municipality")
        .order_by("state", "pk")
    )
    listings = (
        Listing.objects.editable_by(request.user)
        .select_related("organization")
        .prefetch_related(Prefetch("versions", Version.objects.order_by("-number")))
    )
    by_organization: dict[int, list] = {}
    for listing in listings:
        by_organization.setdefault(listing.organization_id, []).append(standing_of(listing))
    requests = dict(
        Membership.objects.awaiting_answer()
        .filter(organization__in=Organization.objects.managed_by(request.user))
        .values_list("organization_id", "pk")
    )
    context = {
        "desks": [
            {
                "membership": membership,
                "organization": membership.organization,
                "standings": by_organization.get(membership.organization_id, []),
                "is_active": membership.state == Membership.State.ACTIVE,
                "is_main_user": membership.role == Membership.Role.MAIN_USER,
                "has_requests": membership.organization_id in requests,
            }
            for membership in memberships
        ]
    }
    return render(request, "listings/desk.html", context)


@require_safe
def listing_manage(request: HttpRequest, pk: int) -> HttpResponse:
    """One listing of one's own: where it stands, what was decided, what can be done now."""
    listing = get_object_or_404(Listing.objects.editable_by(request.user).select_related("organization"), pk=pk)
    versions = listing.versions.select_related("author").prefetch_related("decisions").order_by("-number")
    decisions = (decision for version in versions for decision in version.decisions.all())
    decision = max(decisions, key=lambda one: (one.at, one.pk), default=None)
    context = {
        "listing": listing,
        "standing": standing_of(listing),
        "versions": versions,
        "decision": decision,
        "reasons": [RULES[code].title for code in decision.reasons if code in RULES] if decision else [],
    }
    return render(request, "listings/listing_manage.html", context)


def _own(request: HttpRequest, pk: int) -> Listing:
    return get_object_or_404(Listing.objects.editable_by(request.user), pk=pk)


@require_POST
def listing_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    return do(
        request,
        actions.withdraw_listing,
        _own(request, pk),
        success=_("Readers no longer see the listing. You can bring it back at any time."),
        to=("listing_manage", pk),
    )


@require_POST
def listing_restore(request: HttpRequest, pk: int) -> HttpResponse:
    listing = _own(request, pk)
    is_over = listing.last_session_on is not None and listing.last_session_on < timezone.localdate()
    return do(
        request,
        actions.restore_listing,
        listing,
        success=_("All days are over. Write the coming ones, and readers see it.")
        if is_over
        else _("Readers see the listing again."),
        to=("listing_manage", pk),
    )


@require_POST
def listing_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    return do(
        request,
        actions.confirm_listing,
        _own(request, pk),
        success=_("Thank you. The details are confirmed."),
        to=("listing_manage", pk),
    )
