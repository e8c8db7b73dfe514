"""Joining two organizations that are one and the same: choosing the one that stays, seeing what moves, doing it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from moderation import actions
from moderation.forms import OrganizationSearchForm
from moderation.permissions import can_decide_organization, moderators_only
from organizations.actions.merging import why_not
from organizations.models import Invitation, Organization
from organizations.registering.similar import find_organizations, similar_organizations
from portal.answering import wrong_query
from portal.refusals import NotPermitted, Refused

MOST_FOUND = 20


def _organization(pk: int) -> Organization:
    return get_object_or_404(Organization.objects.select_related("municipality"), pk=pk)


@moderators_only
@require_safe
def organization_merge_choose(request: HttpRequest, pk: int) -> HttpResponse:
    """With which organization? Those that are like it, until the moderator looks for others."""
    organization = _organization(pk)
    form = OrganizationSearchForm(request.GET)
    form.fields.pop("state")
    form.is_valid()
    words = form.cleaned_data.get("words", "")
    if words:
        keys = find_organizations(words)
        rows = Organization.objects.select_related("municipality").in_bulk(keys)
        found = [rows[key] for key in keys]
    else:
        found = similar_organizations(organization.names.values(), organization.business_id, limit=MOST_FOUND)
    context = {
        "organization": organization,
        "form": form,
        "words": words,
        "found": [one for one in found if one.pk != pk][:MOST_FOUND],
    }
    response = render(request, "moderation/organization_merge_choose.html", context)
    return wrong_query(response) if form.errors else response


def _side(organization: Organization) -> dict[str, Any]:
    """What one of the two has."""
    return {
        "organization": organization,
        "members": organization.memberships.select_related("user").order_by("-role", "state", "pk"),
        "listing_count": organization.listings.count(),
        "invitation_count": organization.invitations.filter(state=Invitation.State.SENT).count(),
        "branches": organization.branches.all(),
    }


@moderators_only
@require_http_methods(["GET", "HEAD", "POST"])
def organization_merge(request: HttpRequest, pk: int, into_pk: int) -> HttpResponse:
    """Both side by side with what moves; posting does it."""
    gone, stays = _organization(pk), _organization(into_pk)
    if request.method == "POST":
        try:
            actions.merge_organizations(gone, into=stays, by=request.user)
        except Refused as refusal:
            messages.warning(request, str(refusal.message))
            return redirect("organization_decide", pk)
        messages.success(request, _("Joined. All is now with %(name)s.") % {"name": stays})
        return redirect("organization_decide", into_pk)
    may_decide = all(can_decide_organization(request.user, one) for one in (gone, stays))
    obstacle = why_not(gone, stays) if may_decide else NotPermitted()
    context = {
        "gone": _side(gone),
        "stays": _side(stays),
        "obstacle": obstacle.message if obstacle is not None else "",
    }
    return render(request, "moderation/organization_merge.html", context)
