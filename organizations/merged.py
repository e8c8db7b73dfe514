"""Addresses at the desk of an organization that has been joined with another lead its people to the one that stays."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from organizations.models import Organization

AT_THE_DESK = "desk/organizations/<int:"


def merged_desks_lead_on(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The middleware. Only what was not found is looked at; to strangers it stays not found."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        match = request.resolver_match
        if response.status_code != 404 or match is None or AT_THE_DESK not in match.route:
            return response
        name, key = next(iter(match.kwargs.items()))
        into = Organization.objects.filter(pk=key).values("merged_into")
        present = Organization.objects.with_member(request.user).filter(pk__in=into).first()
        if present is None:
            return response
        if request.method not in ("GET", "HEAD"):
            text = _("Your organization is now one with %(name)s. Nothing was changed now. Look at it again.")
            messages.warning(request, text % {"name": present})
            return redirect("desk")
        return redirect(match.view_name, **{**match.kwargs, name: present.pk})

    return middleware
