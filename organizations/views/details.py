"""What an organization's main users say about it: its details, a new name or kind that waits, its logo."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from organizations import actions
from organizations.forms import DetailsForm
from organizations.logo_form import LogoForm
from organizations.models import Organization, OrganizationChange
from organizations.registering import register
from portal.answering import do, invalid
from portal.forms import municipality_names
from portal.refusals import Refused


def _managed(request: HttpRequest, pk: int) -> Organization:
    return get_object_or_404(Organization.objects.managed_by(request.user).select_related("parent"), pk=pk)


def _page(
    request: HttpRequest,
    organization: Organization,
    *,
    form: DetailsForm | None = None,
    logo_form: LogoForm | None = None,
) -> HttpResponse:
    request.page_path = reverse("organization_edit", args=[organization.pk])  # type: ignore[attr-defined]
    waiting = organization.changes.awaiting_decision().first()
    context = {
        "organization": organization,
        "waiting": waiting,
        "form": form or DetailsForm(organization=organization, waits=waiting is not None),
        "logo_form": logo_form or LogoForm(organization=organization),
        "municipality_names": municipality_names(),
    }
    return render(request, "organizations/organization_edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def organization_edit(request: HttpRequest, pk: int) -> HttpResponse:
    organization = _managed(request, pk)
    if request.method != "POST":
        return _page(request, organization)
    waits = organization.changes.awaiting_decision().exists()
    form = DetailsForm(request.POST, organization=organization, waits=waits)
    if not form.is_valid():
        return invalid(_page(request, organization, form=form))
    facts = form.facts()
    number = facts["business_id"]
    entry = register.look_up(number) if number != organization.business_id else None
    try:
        asked = actions.change_organization(organization, by=request.user, names=form.names(), register=entry, **facts)
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return invalid(_page(request, organization, form=form))
    if asked is not None:
        messages.success(request, _("Saved. A moderator looks at the new name or kind. You get a mail."))
    else:
        messages.success(request, _("The details are saved."))
    return redirect("organization_edit", pk)


@require_POST
def organization_change_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    changes = OrganizationChange.objects.filter(organization__in=Organization.objects.managed_by(request.user))
    change = get_object_or_404(changes.select_related("organization"), pk=pk)
    return do(
        request,
        actions.withdraw_change,
        change,
        success=_("Taken back. The name and kind stay as they are."),
        to=("organization_edit", change.organization_id),
    )


@require_POST
def organization_logo(request: HttpRequest, pk: int) -> HttpResponse:
    organization = _managed(request, pk)
    form = LogoForm(request.POST, request.FILES, organization=organization)
    if not form.is_valid():
        return invalid(_page(request, organization, logo_form=form))
    return do(
        request,
        actions.change_logo,
        organization,
        logo=form.cleaned_data["logo"],
        alt=form.cleaned_data["logo_alt"],
        success=_("The logo is saved."),
        to=("organization_edit", pk),
    )


@require_POST
def organization_logo_remove(request: HttpRequest, pk: int) -> HttpResponse:
    return do(
        request,
        actions.remove_logo,
        _managed(request, pk),
        success=_("The logo is removed."),
        to=("organization_edit", pk),
    )
