"""A new name or kind of an organization beside the present one, and one decision on it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from moderation import actions
from moderation.forms import OrganizationDecisionForm
from moderation.permissions import can_decide_organization, moderators_only
from moderation.views.going_on import case_context, next_case
from organizations.models import Organization, OrganizationChange
from organizations.registering import register
from organizations.registering.project_names import project_words
from organizations.registering.similar import similar_organizations
from portal.answering import invalid
from portal.refusals import Refused
from portal.texts import set_texts


def _names(change: OrganizationChange) -> list[dict[str, Any]]:
    """Each name as it is and as it should be, by language."""
    before, after = change.organization.names, change.names
    codes = [*before, *(code for code in after if code not in before)]
    return [
        {
            "code": code,
            "before": before.get(code, ""),
            "after": after.get(code, ""),
            "is_changed": before.get(code, "") != after.get(code, ""),
        }
        for code in codes
    ]


def _page(request: HttpRequest, change: OrganizationChange, form: OrganizationDecisionForm) -> HttpResponse:
    request.page_path = reverse("organization_change_decide", args=[change.pk])  # type: ignore[attr-defined]
    organization = change.organization
    names = change.names.values()
    # As it would be: is it still what the register says?
    renamed = Organization(kind=change.kind, register_name=organization.register_name)
    renamed.register_form = organization.register_form
    set_texts(renamed, "name", change.names)
    context = {
        "change": change,
        "organization": organization,
        "names": _names(change),
        "kind_is_changed": change.kind != organization.kind,
        "project_words": [word for name in names for word in project_words(name)],
        "similar": [one for one in similar_organizations(names) if one.pk != organization.pk],
        "differs_in_name": register.differs_in_name(renamed),
        "differs_in_kind": register.differs_in_kind(renamed),
        "form": form,
        "may_decide": can_decide_organization(request.user, organization),
        **case_context(request, "organization_change", change.pk),
    }
    return render(request, "moderation/organization_change_decide.html", context)


def _change(pk: int) -> OrganizationChange:
    changes = OrganizationChange.objects.select_related("organization__municipality", "asked_by", "decided_by")
    return get_object_or_404(changes, pk=pk)


@moderators_only
@require_safe
def organization_change_decide(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _change(pk), OrganizationDecisionForm())


def _decide(request: HttpRequest, pk: int, action: Any, success: str) -> HttpResponse:
    change = _change(pk)
    form = OrganizationDecisionForm(request.POST)
    if not form.is_valid():
        return invalid(_page(request, change, form))
    try:
        action(change, by=request.user, **form.cleaned_data)
    except actions.ReasonMissing as refusal:
        form.add_error("message", str(refusal.message))
        return invalid(_page(request, change, form))
    except actions.HeldByAnother as refusal:
        form.add_error(None, str(refusal.message))
        return invalid(_page(request, change, form))
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
        return redirect("organization_change_decide", pk)
    messages.success(request, success % {"name": change})
    return next_case(request)


@moderators_only
@require_POST
def organization_change_accept(request: HttpRequest, pk: int) -> HttpResponse:
    return _decide(request, pk, actions.accept_change, _("Approved: %(name)s"))


@moderators_only
@require_POST
def organization_change_decline(request: HttpRequest, pk: int) -> HttpResponse:
    return _decide(request, pk, actions.decline_change, _("Not approved: %(name)s"))
