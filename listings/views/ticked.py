"""What is done to the ticked rows of the desk: to each listing by its own action, as if it were the only one."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from listings import actions, browsing
from listings.forms.desk import DeskFilterForm, TickedForm
from listings.standing import standing_of
from listings.views.paging import page_number
from listings.views.scope import Desk, desk_of
from portal.refusals import Refused


def _list_address(request: HttpRequest, desk: Desk) -> str:
    """The list as it was when the button was pressed: its filters and page stand in the query string."""
    path = reverse("organization_desk", args=[desk.organization.pk])
    number = page_number(request.GET.get("page"))
    return browsing.address(path, DeskFilterForm(request.GET).chosen(), **({"page": number} if number > 1 else {}))


def _do_to_ticked(
    request: HttpRequest, organization_pk: int, action: Callable[..., Any], done: Callable[[int], str]
) -> HttpResponse:
    """Do it to each ticked listing; then say to how many it was done, and by name to which not, and why."""
    desk = desk_of(request, organization_pk)
    if desk.is_closed:
        raise Http404
    form = TickedForm(request.POST, organization=desk.organization, most=settings.LISTINGS_PER_PAGE)
    if form.has_error("listing", "invalid_choice"):
        raise Http404  # another organization's
    if not form.is_valid():
        messages.warning(request, " ".join(map(str, form.errors["listing"])))
        return redirect(_list_address(request, desk))
    count = 0
    refused: dict[str, list[str]] = {}
    for listing in form.listings().select_related("organization").prefetch_related("versions"):
        title = str(standing_of(listing).title)
        try:
            action(listing, by=request.user)
        except Refused as refusal:
            refused.setdefault(str(refusal.message), []).append(f"\u2068{title}\u2069")  # each in its own direction
        else:
            count += 1
    if count:
        messages.success(request, done(count) % {"count": count})
    for reason, titles in refused.items():
        messages.warning(
            request, _("Not done: %(titles)s. %(reason)s") % {"titles": ", ".join(titles), "reason": reason}
        )
    return redirect(_list_address(request, desk))


@require_POST
def listings_confirm(request: HttpRequest, organization_pk: int) -> HttpResponse:
    return _do_to_ticked(
        request,
        organization_pk,
        actions.confirm_listing,
        lambda count: ngettext(
            "Thank you. %(count)s listing is confirmed.", "Thank you. %(count)s listings are confirmed.", count
        ),
    )


@require_POST
def listings_withdraw(request: HttpRequest, organization_pk: int) -> HttpResponse:
    return _do_to_ticked(
        request,
        organization_pk,
        actions.withdraw_listing,
        lambda count: ngettext(
            "Readers no longer see %(count)s listing. You can bring it back at any time.",
            "Readers no longer see %(count)s listings. You can bring them back at any time.",
            count,
        ),
    )


@require_POST
def listings_copy(request: HttpRequest, organization_pk: int) -> HttpResponse:
    return _do_to_ticked(
        request,
        organization_pk,
        actions.copy_listing,
        lambda count: ngettext(
            "%(count)s copy is made. It is a draft: write its new dates.",
            "%(count)s copies are made. They are drafts: write their new dates.",
            count,
        ),
    )
