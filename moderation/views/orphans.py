"""Organizations that nobody answers for any more, and the editors who offer to."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Max, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from moderation.forms import ClaimDecisionForm
from moderation.permissions import moderators_only
from organizations import actions, permissions
from organizations.models import Membership, Organization
from portal.answering import invalid
from portal.refusals import Refused

ORPHANS_PER_PAGE = 25
ACTIVE, ASKED = Membership.State.ACTIVE, Membership.State.ASKED


@moderators_only
@require_safe
def moderation_orphans(request: HttpRequest) -> HttpResponse:
    """Those with offers first, then those with requests, the rest, and requests that main users leave unanswered."""
    passed_on = Membership.objects.awaiting_answer().filter(reminders__gte=Membership.PASSED_ON)
    claims = Membership.objects.claims().select_related("user")
    listed = Q(pk__in=Organization.objects.orphaned().values("pk"))
    listed |= Q(pk__in=passed_on.values("organization")) | Q(pk__in=claims.values("organization"))
    organizations = (
        Organization.objects.taking_people_in()
        .filter(listed)
        .select_related("municipality")
        .annotate(
            claim_count=Count("memberships", Q(memberships__claimed_at__isnull=False, memberships__state=ACTIVE)),
            request_count=Count("memberships", Q(memberships__state=ASKED, memberships__user__is_active=True)),
            editor_count=Count("memberships", Q(memberships__state=ACTIVE, memberships__user__is_active=True)),
            last_seen=Max("memberships__user__last_login", filter=Q(memberships__state=ACTIVE)),
        )
        .prefetch_related(Prefetch("memberships", claims, to_attr="claims"))
        .order_by("-claim_count", "-request_count", "name_fi", "pk")
    )
    page = Paginator(organizations, ORPHANS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "previous_url": f"?page={page.previous_page_number()}" if page.has_previous() else "",
        "next_url": f"?page={page.next_page_number()}" if page.has_next() else "",
    }
    return render(request, "moderation/moderation_orphans.html", context)


def _claim_page(request: HttpRequest, membership: Membership, form: ClaimDecisionForm) -> HttpResponse:
    request.page_path = reverse("claim_decide", args=[membership.pk])
    organization = membership.organization
    members = organization.memberships.active().select_related("user").filter(user__is_active=True)
    context: dict[str, Any] = {
        "membership": membership,
        "organization": organization,
        "members": members,
        "form": form,
        "is_orphan": Organization.objects.orphaned().filter(pk=organization.pk).exists(),
        "may_decide": permissions.can_decide_claim(request.user, organization),
    }
    return render(request, "moderation/claim_decide.html", context)


@moderators_only
@require_safe
def claim_decide(request: HttpRequest, pk: int) -> HttpResponse:
    claims = Membership.objects.claims().select_related("user", "organization__municipality")
    return _claim_page(request, get_object_or_404(claims, pk=pk), ClaimDecisionForm())


def _decide(request: HttpRequest, pk: int, action: Any, success: str, *, needs_message: bool) -> HttpResponse:
    # Also when it no longer waits: whoever comes second is told so.
    memberships = Membership.objects.select_related("user", "organization__municipality")
    membership = get_object_or_404(memberships, pk=pk)
    form = ClaimDecisionForm(request.POST, needs_message=needs_message)
    if not form.is_valid() and membership.claimed_at is not None:
        return invalid(_claim_page(request, membership, form))
    try:
        action(membership, by=request.user, message=form.cleaned_data.get("message", ""))
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
    else:
        messages.success(request, success % {"person": membership.user, "name": membership.organization})
    return redirect("moderation_orphans")


@moderators_only
@require_POST
def claim_accept(request: HttpRequest, pk: int) -> HttpResponse:
    success = _("%(person)s is now a main user of %(name)s.")
    return _decide(request, pk, actions.accept_claim, success, needs_message=False)


@moderators_only
@require_POST
def claim_decline(request: HttpRequest, pk: int) -> HttpResponse:
    success = _("%(person)s did not become a main user of %(name)s.")
    return _decide(request, pk, actions.decline_claim, success, needs_message=True)
