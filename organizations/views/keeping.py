"""An organization's people and details, and one's own account."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organizations import actions
from organizations.forms import AccountForm, OrganizationForm
from organizations.models import Membership, Organization
from portal.answering import do, invalid
from portal.forms import municipality_names
from portal.refusals import Refused


@require_safe
def organization_people(request: HttpRequest, pk: int) -> HttpResponse:
    """Who may act for the organization, and who has asked to."""
    organization = get_object_or_404(Organization.objects.people_managed_by(request.user), pk=pk)
    memberships = (
        organization.memberships.select_related("user")
        .filter(user__is_active=True)
        .exclude(state=Membership.State.REMOVED)
    )
    context = {
        "organization": organization,
        "active": [one for one in memberships if one.state == Membership.State.ACTIVE],
        "requests": [one for one in memberships if one.state == Membership.State.ASKED],
    }
    return render(request, "organizations/organization_people.html", context)


def _request_to_join(request: HttpRequest, pk: int) -> Membership:
    managed = Organization.objects.people_managed_by(request.user)
    return get_object_or_404(Membership.objects.select_related("organization"), pk=pk, organization__in=managed)


@require_POST
def membership_accept(request: HttpRequest, pk: int) -> HttpResponse:
    membership = _request_to_join(request, pk)
    return do(
        request,
        actions.accept_request,
        membership,
        success=_("%(person)s can now write listings for your organization.") % {"person": membership.user},
        to=("organization_people", membership.organization_id),
    )


@require_POST
def membership_decline(request: HttpRequest, pk: int) -> HttpResponse:
    membership = _request_to_join(request, pk)
    return do(
        request,
        actions.decline_request,
        membership,
        success=_("%(person)s was not let in.") % {"person": membership.user},
        to=("organization_people", membership.organization_id),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def organization_edit(request: HttpRequest, pk: int) -> HttpResponse:
    organization = get_object_or_404(Organization.objects.managed_by(request.user), pk=pk)
    form = OrganizationForm(request.POST or None, organization=organization)
    context = {"form": form, "organization": organization, "municipality_names": municipality_names()}
    if request.method != "POST":
        return render(request, "organizations/organization_edit.html", context)
    if not form.is_valid():
        return invalid(render(request, "organizations/organization_edit.html", context))
    try:
        actions.change_organization(organization, by=request.user, names=form.names(), **form.facts())
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
    else:
        messages.success(request, _("The details are saved."))
    return redirect("desk")


@require_http_methods(["GET", "HEAD", "POST"])
def account_settings(request: HttpRequest) -> HttpResponse:
    """One's own name and language."""
    form = AccountForm(request.POST or None, instance=request.user)
    if request.method != "POST":
        return render(request, "organizations/account_settings.html", {"form": form})
    if not form.is_valid():
        return invalid(render(request, "organizations/account_settings.html", {"form": form}))
    actions.change_account(by=request.user, **form.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect("account_settings")
