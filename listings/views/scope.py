"""Whose listing or desk a page is about. It stands in the address, never in the session."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from listings.models import Listing
from organizations.models import Membership, Organization


def listing_of(request: HttpRequest, pk: int) -> Listing:
    """A listing that the person may write; for everybody else there is none."""
    listings = Listing.objects.editable_by(request.user).select_related("organization")
    return get_object_or_404(listings, pk=pk)


@dataclass(frozen=True)
class Desk:
    """One organization for which the person acts, and the others to which they can switch."""

    membership: Membership
    others: list[Organization]

    @property
    def organization(self) -> Organization:
        return self.membership.organization

    @property
    def is_main_user(self) -> bool:
        return self.membership.role == Membership.Role.MAIN_USER

    @property
    def is_closed(self) -> bool:
        """Whether nobody can write for it any more."""
        return self.organization.state in Organization.CLOSED_STATES


def memberships_of(request: HttpRequest) -> list[Membership]:
    """Where the person belongs or has asked to, the organizations in their order."""
    return list(
        Membership.objects.filter(user=request.user)
        .exclude(state=Membership.State.REMOVED)
        .exclude(organization__state=Organization.State.MERGED)
        .select_related("organization")
        .order_by("organization__name_fi", "pk")
    )


def desk_of(request: HttpRequest, organization_pk: int) -> Desk:
    """The desk of an organization to which the person belongs; for everybody else there is none."""
    mine = [one for one in memberships_of(request) if one.state == Membership.State.ACTIVE]
    for membership in mine:
        if membership.organization_id == organization_pk:
            return Desk(membership, [one.organization for one in mine if one is not membership])
    raise Http404
