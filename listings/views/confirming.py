"""The link in a mail that confirms a listing. Its key is the proof: nobody has to sign in, and no cookie is set."""

from contextlib import suppress
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from listings import actions
from listings.confirming import ConfirmationLink, Confirmed, check, link_with
from listings.presentation import page_of, title_of
from portal.refusals import NotPermitted, Refused


def _why_not(link: ConfirmationLink) -> Refused | None:
    try:
        check(link, link.listing)
    except Refused as refusal:
        return refusal
    return None


def _context(link: ConfirmationLink) -> dict[str, Any]:
    """What the page says now. To whom the listing is no longer any business it shows nothing of it."""
    refusal = _why_not(link)
    version = link.listing.published_version
    is_shown = version is not None and not isinstance(refusal, NotPermitted)
    return {
        "refusal": str(refusal.message) if refusal is not None else "",
        "is_confirmed": isinstance(refusal, Confirmed),
        "listing": link.listing,
        "title": title_of(version) if is_shown else None,
        "facts": page_of(version) if is_shown else None,
    }


# A form of another site cannot know the key, and there is no cookie that it could misuse: nothing is left to guard.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def listing_confirm_by_link(request: HttpRequest, key: str) -> HttpResponse:
    """What is to be confirmed, and the button. Programs that open every link in a mail change nothing."""
    link = link_with(key)
    if link is None:
        refusal = _("A part of the link is missing. Open it in the mail again.")
        context: dict[str, Any] = {"refusal": refusal, "is_confirmed": False, "title": None}
        return render(request, "listings/listing_confirm_by_link.html", context, status=404)
    if request.method == "POST":
        with suppress(Refused):  # the page that follows says why
            actions.confirm_listing_by_link(link)
        return redirect("listing_confirm_by_link", key)
    context = _context(link)
    status = 410 if context["refusal"] and not context["is_confirmed"] else 200
    return render(request, "listings/listing_confirm_by_link.html", context, status=status)
