"""Inviting people into an organization, and what the key in the mail opens."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from organizations import actions, permissions
from organizations.forms import InvitationForm
from organizations.invited import KEPT_KEY, can_still_open, invitation_with
from organizations.models import Invitation, Membership, Organization, User
from organizations.views.people import people_page
from portal.answering import do, invalid
from portal.refusals import Refused


@require_POST
def organization_invite(request: HttpRequest, pk: int) -> HttpResponse:
    organization = get_object_or_404(Organization.objects.managed_by(request.user), pk=pk)
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return invalid(people_page(request, organization, invite=form))
    try:
        actions.invite(organization, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error("email", str(refusal.message))
        return invalid(people_page(request, organization, invite=form))
    messages.success(request, _("The invitation was sent to %(email)s.") % {"email": form.cleaned_data["email"]})
    return redirect("organization_people", pk)


def _invitation(request: HttpRequest, pk: int) -> Invitation:
    managed = Organization.objects.managed_by(request.user)
    return get_object_or_404(Invitation.objects.select_related("organization"), pk=pk, organization__in=managed)


@require_POST
def invitation_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = _invitation(request, pk)
    return do(
        request,
        actions.withdraw_invitation,
        invitation,
        success=_("The invitation was withdrawn. Its link opens nothing any more."),
        to=("organization_people", invitation.organization_id),
    )


@require_POST
def invitation_send_again(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = _invitation(request, pk)
    return do(
        request,
        actions.invite_again,
        invitation,
        success=_("The invitation was sent again. The earlier link opens nothing any more."),
        to=("organization_people", invitation.organization_id),
    )


def _page(request: HttpRequest, key: str) -> HttpResponse:
    """The invitation, or plainly why there is none: used, declined, withdrawn, run out, or never there."""
    invitation = invitation_with(key)
    is_open = can_still_open(invitation)
    is_mine = invitation is not None and request.user.is_authenticated and _is_in(request.user, invitation)
    status = 404 if invitation is None else 200 if is_open else 410
    context: dict[str, Any] = {"invitation": invitation, "key": key, "is_open": is_open, "is_mine": is_mine}
    return render(request, "organizations/invitation.html", context, status=status)


def _is_in(user: User, invitation: Invitation) -> bool:
    return permissions.has_role(user, invitation.organization, Membership.Role.MAIN_USER, invitation.role)


@login_not_required
@never_cache
@require_safe
def invitation(request: HttpRequest, key: str) -> HttpResponse:
    """Who invites to what, and which account would accept. Looking at it uses nothing up."""
    return _page(request, key)


@login_not_required
@never_cache
@require_POST
def invitation_accept(request: HttpRequest, key: str) -> HttpResponse:
    """Use the key. Whoever is not signed in any more does that first, and comes back to the page to press again."""
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("invitation", args=[key]))
    found = invitation_with(key)
    if found is None:
        return _page(request, key)
    request.session.pop(KEPT_KEY, None)
    try:
        actions.accept_invitation(found, by=request.user)
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
        return redirect("invitation", key)
    messages.success(request, _("Welcome! You can now act for %(name)s.") % {"name": found.organization})
    return redirect("organization_desk", found.organization_id)


@login_not_required
@never_cache
@require_POST
def invitation_decline(request: HttpRequest, key: str) -> HttpResponse:
    found = invitation_with(key)
    if found is None:
        return _page(request, key)
    request.session.pop(KEPT_KEY, None)
    try:
        actions.decline_invitation(found, by=request.user if request.user.is_authenticated else None)
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
    return redirect("invitation", key)


@login_not_required
@never_cache
@require_POST
def invitation_sign_up(request: HttpRequest, key: str) -> HttpResponse:
    """Make an account first: the session leads back here after the address has been confirmed."""
    if request.user.is_authenticated or not can_still_open(invitation_with(key)):
        return redirect("invitation", key)
    request.session[KEPT_KEY] = key
    return redirect("account_signup")
