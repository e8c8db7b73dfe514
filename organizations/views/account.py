"""One's own account: name and language, where one is signed in."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organizations import actions
from organizations.accounts.second_factor import FIRST_FACTORS_AWAY
from organizations.accounts.signed_in import places_of
from organizations.forms import AccountForm
from organizations.models import Membership
from portal.answering import do, invalid
from portal.reach import not_reached


def _current_key(request: HttpRequest) -> str:
    return request.session.session_key or ""


@require_http_methods(["GET", "HEAD", "POST"])
def account_settings(request: HttpRequest) -> HttpResponse:
    """Everything about one's own account, and the way to each part of it."""
    form = AccountForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        actions.change_account(by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("account_settings")
    context: dict[str, Any] = {
        "form": form,
        "has_second_factor": Authenticator.objects.filter(user=request.user, type__in=FIRST_FACTORS_AWAY).exists(),
        "memberships": Membership.objects.active().filter(user=request.user).select_related("organization"),
        "is_not_reached": bool(not_reached([request.user.email])),
    }
    response = render(request, "organizations/account_settings.html", context)
    return invalid(response) if request.method == "POST" else response


@require_safe
def account_sessions(request: HttpRequest) -> HttpResponse:
    places = places_of(request.user, current_key=_current_key(request))
    return render(request, "organizations/account_sessions.html", {"places": places})


@require_POST
def account_session_end(request: HttpRequest, pk: int) -> HttpResponse:
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    if session.session_key == _current_key(request):
        return redirect("account_logout")
    success = _("That browser is signed out.")
    return do(request, actions.end_session, session, success=success, to="account_sessions")


@require_POST
def account_sessions_end_others(request: HttpRequest) -> HttpResponse:
    return do(
        request,
        actions.end_other_sessions,
        keep=_current_key(request),
        success=_("You are signed out everywhere else."),
        to="account_sessions",
    )
