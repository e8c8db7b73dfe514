"""What does not take place: one meeting of a listing, or all until the end of a break."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from listings import actions
from listings.forms.keeping import BreakForm
from listings.models import Listing, Session
from listings.views.keeping import manage_page
from listings.views.scope import listing_of
from portal import moments
from portal.answering import do, invalid


def _session_of(request: HttpRequest, pk: int) -> Session:
    """A meeting of a listing that the person may write; for everybody else there is none."""
    sessions = Session.objects.filter(listing__in=Listing.objects.editable_by(request.user)).select_related("listing")
    return get_object_or_404(sessions, pk=pk)


@require_POST
def session_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    session = _session_of(request, pk)
    return do(
        request,
        actions.cancel_session,
        session,
        success=_("%(date)s is cancelled. Readers see it.") % {"date": moments.full_date(session.on)},
        to=("listing_manage", session.listing_id),
    )


@require_POST
def session_restore(request: HttpRequest, pk: int) -> HttpResponse:
    session = _session_of(request, pk)
    return do(
        request,
        actions.restore_session,
        session,
        success=_("It meets on %(date)s after all. Readers see it.") % {"date": moments.full_date(session.on)},
        to=("listing_manage", session.listing_id),
    )


@require_POST
def listing_pause(request: HttpRequest, pk: int) -> HttpResponse:
    listing = listing_of(request, pk)
    form = BreakForm(request.POST, listing=listing)
    if not form.is_valid():
        return invalid(manage_page(request, listing, form))
    until = form.cleaned_data["until"]
    return do(
        request,
        actions.pause_listing,
        listing,
        until=until,
        success=_("Readers see that it is on a break until %(date)s.") % {"date": moments.full_date(until)},
        to=("listing_manage", pk),
    )


@require_POST
def listing_end_break(request: HttpRequest, pk: int) -> HttpResponse:
    return do(
        request,
        actions.end_break,
        listing_of(request, pk),
        success=_("The break is over. Readers see the coming meetings."),
        to=("listing_manage", pk),
    )
