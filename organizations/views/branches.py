"""Which organization belongs to which: asking, answering, parting."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from organizations import actions
from organizations.forms import FindForm
from organizations.models import Organization
from organizations.registering.similar import find_organizations
from portal.answering import do, wrong_query
from portal.forms import municipality_names

MOST_FOUND = 20


def _found(organization: Organization, form: FindForm) -> list[Organization]:
    """Those that it could ask, the likeliest first: no branches, not itself, and not those it belongs to already."""
    keys = find_organizations(form.cleaned_data["words"], form.cleaned_data["municipality"])
    known = (organization.pk, organization.parent_id, organization.asked_parent_id)
    rows = (
        Organization.objects.public()
        .filter(parent=None)
        .exclude(pk__in=[pk for pk in known if pk])
        .select_related("municipality")
    )
    by_key = rows.in_bulk(keys)
    return [by_key[pk] for pk in keys if pk in by_key][:MOST_FOUND]


def _managed(request: HttpRequest, pk: int) -> Organization:
    managed = Organization.objects.managed_by(request.user).select_related("parent", "asked_parent")
    return get_object_or_404(managed, pk=pk)


@require_safe
def organization_branches(request: HttpRequest, pk: int) -> HttpResponse:
    """The organization that it belongs to, or a search for one; and its own branches."""
    organization = _managed(request, pk)
    form = FindForm(request.GET or None)
    found = _found(organization, form) if form.is_valid() else []
    context = {
        "organization": organization,
        "form": form,
        "found": found,
        "municipality_names": municipality_names(),
        "asking": organization.asking_branches.select_related("municipality"),
        "branches": organization.branches.select_related("municipality"),
    }
    page = render(request, "organizations/organization_branches.html", context)
    return wrong_query(page) if form.errors else page


@require_POST
def organization_parent_ask(request: HttpRequest, pk: int, parent_pk: int) -> HttpResponse:
    organization = _managed(request, pk)
    parent = get_object_or_404(Organization.objects.public(), pk=parent_pk)
    return do(
        request,
        actions.ask_parent,
        organization,
        parent=parent,
        success=_("Asked. The main users of %(name)s answer, and you get a mail.") % {"name": parent},
        to=("organization_branches", pk),
    )


@require_POST
def organization_parent_leave(request: HttpRequest, pk: int, parent_pk: int) -> HttpResponse:
    organization = _managed(request, pk)
    parent = get_object_or_404(Organization, pk=parent_pk)
    return do(
        request,
        actions.leave_parent,
        organization,
        parent=parent,
        success=_("Your organization does not belong to %(name)s now.") % {"name": parent},
        to=("organization_branches", pk),
    )


@require_POST
def branch_accept(request: HttpRequest, pk: int, branch_pk: int) -> HttpResponse:
    parent, branch = _managed(request, pk), get_object_or_404(Organization, pk=branch_pk)
    return do(
        request,
        actions.accept_branch,
        branch,
        parent=parent,
        success=_("%(name)s is now your branch.") % {"name": branch},
        to=("organization_branches", pk),
    )


@require_POST
def branch_release(request: HttpRequest, pk: int, branch_pk: int) -> HttpResponse:
    parent, branch = _managed(request, pk), get_object_or_404(Organization, pk=branch_pk)
    return do(
        request,
        actions.release_branch,
        branch,
        parent=parent,
        success=_("%(name)s is not your branch.") % {"name": branch},
        to=("organization_branches", pk),
    )
