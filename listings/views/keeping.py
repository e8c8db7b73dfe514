"""One listing of one's own: where it stands, and keeping it true."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from listings import actions
from listings.eligibility import RULES
from listings.forms.keeping import BreakForm
from listings.forms.remarking import RemarkForm
from listings.models import Listing
from listings.presentation import coming_meetings
from listings.returned import notes_in_order
from listings.standing import standing_of
from listings.talk import talks_of
from listings.views.scope import listing_of
from listings.wizard import place_of
from portal.answering import do

# Of the coming meetings, so many can be cancelled on the page.
MEETINGS_TO_CANCEL = 10


def notes_in_words(decision: Any) -> list[tuple[str, str]]:
    """What the moderator wrote at single answers, each with what the form calls the answer."""
    return [(place_of(decision.version, answer)[0], text) for answer, text in notes_in_order(decision)]


def manage_page(
    request: HttpRequest,
    listing: Listing,
    break_form: BreakForm | None = None,
    remark_form: RemarkForm | None = None,
) -> HttpResponse:
    """Where a listing stands, what was decided, and what can be done now."""
    versions = listing.versions.select_related("author").prefetch_related("decisions").order_by("-number")
    decisions = (decision for version in versions for decision in version.decisions.all())
    decision = max(decisions, key=lambda one: (one.at, one.pk), default=None)
    context = {
        "listing": listing,
        "standing": standing_of(listing),
        "versions": versions,
        "decision": decision,
        "reports": listing.reports.for_organizations(),
        "broken_links": listing.broken_links.broken(),
        "reasons": [RULES[code].title for code in decision.reasons if code in RULES] if decision else [],
        "decision_notes": notes_in_words(decision) if decision else [],
        "meetings": coming_meetings(listing, MEETINGS_TO_CANCEL) if listing.is_public else [],
        "break_form": break_form or BreakForm(listing=listing),
        "talks": talks_of(listing),
        "remark_form": remark_form or RemarkForm(),
    }
    request.page_path = reverse("listing_manage", args=[listing.pk])  # type: ignore[attr-defined]
    return render(request, "listings/listing_manage.html", context)


@require_safe
def listing_manage(request: HttpRequest, pk: int) -> HttpResponse:
    """One listing of one's own."""
    return manage_page(request, listing_of(request, pk))


@require_POST
def listing_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    return do(
        request,
        actions.withdraw_listing,
        listing_of(request, pk),
        success=_("Readers no longer see the listing. You can bring it back at any time."),
        to=("listing_manage", pk),
    )


@require_POST
def listing_restore(request: HttpRequest, pk: int) -> HttpResponse:
    listing = listing_of(request, pk)
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
        listing_of(request, pk),
        success=_("Thank you. The details are confirmed."),
        to=("listing_manage", pk),
    )
