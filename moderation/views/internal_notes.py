"""What moderators write down for each other about a listing or an organization."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from listings.models import Listing
from moderation import actions
from moderation.forms import InternalNoteForm
from moderation.judging.earlier import title_of_listing
from moderation.models import InternalNote
from moderation.permissions import can_read_internal_notes, moderators_only
from organizations.models import Organization
from portal.answering import invalid
from portal.refusals import Refused

MOST_SHOWN = 20


def internal_notes_of(
    request: HttpRequest, organization: Organization, listing: Listing | None = None
) -> dict[str, Any]:
    """The latest notes and the form for another one; on a listing's page, not those about other listings."""
    notes = InternalNote.objects.filter(organization=organization).select_related("author", "listing")
    if listing is not None:
        notes = notes.filter(Q(listing=None) | Q(listing=listing))
    back = getattr(request, "page_path", request.path)
    return {
        "is_shown": can_read_internal_notes(request.user, organization),
        "notes": [(note, title_of_listing(note.listing) if note.listing else None) for note in notes[:MOST_SHOWN]],
        "form": InternalNoteForm(initial={"back": back}, auto_id="internal_%s"),
        "organization": organization,
        "listing": listing,
    }


def _write(request: HttpRequest, organization: Organization, listing: Listing | None) -> HttpResponse:
    if not can_read_internal_notes(request.user, organization):
        raise Http404
    form = InternalNoteForm(request.POST)
    is_valid = form.is_valid()
    back = form.cleaned_data.get("back", "")
    if not back.startswith("/") or not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("organization_decide", args=[organization.pk])
    if not is_valid:
        title = title_of_listing(listing) if listing is not None else None
        context = {"form": form, "organization": organization, "listing": listing, "title": title, "back": back}
        return invalid(render(request, "moderation/internal_note.html", context))
    try:
        actions.write_internal_note(organization, by=request.user, text=form.cleaned_data["text"], listing=listing)
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
    else:
        messages.success(request, _("Your note is kept. Only moderators see it."))
    return HttpResponseRedirect(back)


@moderators_only
@require_POST
def organization_note(request: HttpRequest, pk: int) -> HttpResponse:
    return _write(request, get_object_or_404(Organization, pk=pk), None)


@moderators_only
@require_POST
def listing_note(request: HttpRequest, pk: int) -> HttpResponse:
    listing = get_object_or_404(Listing.objects.select_related("organization"), pk=pk)
    return _write(request, listing.organization, listing)
