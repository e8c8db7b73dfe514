"""An organization before a moderator's eyes: whether it comes in, whether readers see it, what the register says."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from moderation import actions
from moderation.forms import OrganizationDecisionForm, OrganizationSearchForm, SuspensionForm, TrustForm
from moderation.judging.earlier import standing_of
from moderation.permissions import can_decide_organization, moderators_only
from moderation.trust import trust_in_words
from moderation.views.going_on import case_context, next_case
from moderation.views.internal_notes import internal_notes_of
from organizations import actions as organization_actions
from organizations.models import Organization
from organizations.registering import register
from organizations.registering.project_names import project_words
from organizations.registering.similar import find_organizations, similar_organizations
from portal.answering import invalid, wrong_query
from portal.refusals import Refused

ORGANIZATIONS_PER_PAGE = 25
# What can be decided on an organization in each state, and how it is written.
FORMS: dict[str, type[Form]] = {
    Organization.State.PENDING: OrganizationDecisionForm,
    Organization.State.ACTIVE: SuspensionForm,
    Organization.State.SUSPENDED: SuspensionForm,
}


@moderators_only
@require_safe
def moderation_organizations(request: HttpRequest) -> HttpResponse:
    """All organizations, or those that are looked for, the likeliest first."""
    form = OrganizationSearchForm(request.GET)
    form.is_valid()
    words, state = form.cleaned_data.get("words", ""), form.cleaned_data.get("state", "")
    rows = Organization.objects.select_related("municipality")
    if state:
        rows = rows.filter(state=state)
    found: Any = rows
    if words:
        keys = find_organizations(words)
        by_key = rows.in_bulk(keys)
        found = [by_key[key] for key in keys if key in by_key]
    page = Paginator(found, ORGANIZATIONS_PER_PAGE).get_page(request.GET.get("page"))
    chosen = {name: value for name, value in (("words", words), ("state", state)) if value}

    def address(number: int) -> str:
        return f"?{urlencode({**chosen, 'page': number})}"

    context = {
        "form": form,
        "page_obj": page,
        "previous_url": address(page.previous_page_number()) if page.has_previous() else "",
        "next_url": address(page.next_page_number()) if page.has_next() else "",
    }
    response = render(request, "moderation/moderation_organizations.html", context)
    return wrong_query(response) if form.errors else response


def organization_page(
    request: HttpRequest, organization: Organization, form: Form | None = None, trust_form: TrustForm | None = None
) -> HttpResponse:
    """All that a moderator knows of an organization, with the forms of what can be decided."""
    request.page_path = reverse("organization_decide", args=[organization.pk])  # type: ignore[attr-defined]
    names = organization.names.values()
    context = {
        "organization": organization,
        "members": organization.memberships.select_related("user"),
        "project_words": [word for name in names for word in project_words(name)],
        "similar": [one for one in similar_organizations(names, organization.business_id) if one.pk != organization.pk],
        "register": _register(organization),
        "changes": organization.changes.select_related("asked_by", "decided_by"),
        "decisions": organization.decisions.select_related("moderator"),
        "standing": standing_of(organization),
        "internal": internal_notes_of(request, organization),
        "listing_count": organization.listings.count(),
        "trust": trust_in_words(organization),
        "trust_form": trust_form or TrustForm(),
        "form": form or FORMS.get(organization.state, OrganizationDecisionForm)(),
        "may_decide": can_decide_organization(request.user, organization),
        **case_context(request, "organization", organization.pk),
    }
    return render(request, "moderation/organization_decide.html", context)


def _register(organization: Organization) -> dict[str, Any]:
    """What the register says of the Business ID, and in what the organization says otherwise."""
    return {
        "is_on": register.is_on() and bool(organization.business_id),
        "differs_in_name": register.differs_in_name(organization),
        "differs_in_kind": register.differs_in_kind(organization),
    }


def organization_of(pk: int) -> Organization:
    return get_object_or_404(Organization.objects.select_related("municipality", "parent", "merged_into"), pk=pk)


@moderators_only
@require_safe
def organization_decide(request: HttpRequest, pk: int) -> HttpResponse:
    return organization_page(request, organization_of(pk))


def _decide(request: HttpRequest, pk: int, form: Form, action: Any, success: str) -> HttpResponse | None:
    """Carry out a decision; the page again when it has to be mended or has been made already, None when it is done."""
    organization = organization_of(pk)
    if not form.is_valid():
        return invalid(organization_page(request, organization, form))
    try:
        action(organization, by=request.user, **form.cleaned_data)
    except actions.ReasonMissing as refusal:
        form.add_error("message", str(refusal.message))
        return invalid(organization_page(request, organization, form))
    except actions.HeldByAnother as refusal:
        form.add_error(None, str(refusal.message))
        return invalid(organization_page(request, organization, form))
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
        return redirect("organization_decide", pk)
    messages.success(request, success % {"name": organization})
    return None


@moderators_only
@require_POST
def organization_approve(request: HttpRequest, pk: int) -> HttpResponse:
    form = OrganizationDecisionForm(request.POST)
    return _decide(request, pk, form, actions.approve_organization, _("Approved: %(name)s")) or next_case(request)


@moderators_only
@require_POST
def organization_decline(request: HttpRequest, pk: int) -> HttpResponse:
    form = OrganizationDecisionForm(request.POST)
    return _decide(request, pk, form, actions.decline_organization, _("Not approved: %(name)s")) or next_case(request)


@moderators_only
@require_POST
def organization_suspend(request: HttpRequest, pk: int) -> HttpResponse:
    form, success = SuspensionForm(request.POST), _("Readers do not see it now: %(name)s")
    return _decide(request, pk, form, actions.suspend_organization, success) or redirect("organization_decide", pk)


@moderators_only
@require_POST
def organization_reinstate(request: HttpRequest, pk: int) -> HttpResponse:
    form, success = SuspensionForm(request.POST), _("Readers see it again: %(name)s")
    return _decide(request, pk, form, actions.reinstate_organization, success) or redirect("organization_decide", pk)


@moderators_only
@require_POST
def organization_check_register(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the open register now, as when it did not answer while the organization was registered."""
    organization = organization_of(pk)
    entry = register.look_up(organization.business_id)
    if entry is None:
        messages.warning(request, _("The register does not answer. Try again in a minute."))
        return redirect("organization_decide", pk)
    try:
        organization_actions.save_register_entry(organization, entry, by=request.user)
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
    else:
        messages.success(request, _("The register has answered."))
    return redirect("organization_decide", pk)
