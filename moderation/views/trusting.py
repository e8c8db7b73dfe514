"""A moderator's word on whether an organization may publish without a decision before."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from moderation import actions
from moderation.forms import TrustForm
from moderation.permissions import moderators_only
from moderation.views.organizations import organization_of, organization_page
from portal.answering import invalid
from portal.refusals import Refused


def _decide(request: HttpRequest, pk: int, action: Any, success: str) -> HttpResponse:
    organization = organization_of(pk)
    form = TrustForm(request.POST)
    if not form.is_valid():
        return invalid(organization_page(request, organization, trust_form=form))
    try:
        action(organization, by=request.user, message=form.cleaned_data["message"])
    except actions.ReasonMissing as refusal:
        form.add_error("message", str(refusal.message))
        return invalid(organization_page(request, organization, trust_form=form))
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
    else:
        messages.success(request, success % {"name": organization})
    return redirect("organization_decide", pk)


@moderators_only
@require_POST
def organization_trust(request: HttpRequest, pk: int) -> HttpResponse:
    return _decide(request, pk, actions.trust_organization, _("It may publish at once now: %(name)s"))


@moderators_only
@require_POST
def organization_distrust(request: HttpRequest, pk: int) -> HttpResponse:
    return _decide(request, pk, actions.distrust_organization, _("All that it sends is checked before: %(name)s"))
