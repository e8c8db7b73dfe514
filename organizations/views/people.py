"""Who may act for an organization: seen by its members, decided by its main users."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from organizations import actions, permissions
from organizations.forms import ClaimForm, InvitationForm
from organizations.models import Membership, Organization
from organizations.people import people_of
from portal.answering import do, invalid
from portal.refusals import Refused


def people_page(
    request: HttpRequest,
    organization: Organization,
    *,
    invite: InvitationForm | None = None,
    claim: ClaimForm | None = None,
) -> HttpResponse:
    """The page, with the forms as they were filled in."""
    request.page_path = reverse("organization_people", args=[organization.pk])
    context = {
        "organization": organization,
        "people": people_of(organization, request.user),
        "invite": invite or InvitationForm(),
        "claim": claim or ClaimForm(),
    }
    return render(request, "organizations/organization_people.html", context)


def _seen(request: HttpRequest, pk: int) -> Organization:
    return get_object_or_404(Organization.objects.people_seen_by(request.user), pk=pk)


@require_safe
def organization_people(request: HttpRequest, pk: int) -> HttpResponse:
    """Who may act for the organization, who has asked to, who is invited, and what can be done about it."""
    return people_page(request, _seen(request, pk))


def _request_to_join(request: HttpRequest, pk: int) -> Membership:
    seen = Organization.objects.all() if request.user.is_moderator else Organization.objects.managed_by(request.user)
    return get_object_or_404(Membership.objects.select_related("organization", "user"), pk=pk, organization__in=seen)


@require_POST
def membership_accept(request: HttpRequest, pk: int) -> HttpResponse:
    membership = _request_to_join(request, pk)
    return do(
        request,
        actions.accept_request,
        membership,
        success=_("%(person)s can now write listings for %(organization)s.")
        % {"person": membership.user, "organization": membership.organization},
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


def _member(request: HttpRequest, pk: int) -> Membership:
    """A member, or somebody who was one, of an organization of which the person is a main user."""
    managed = Organization.objects.managed_by(request.user)
    return get_object_or_404(Membership.objects.select_related("organization", "user"), pk=pk, organization__in=managed)


@require_POST
def membership_make_main_user(request: HttpRequest, pk: int) -> HttpResponse:
    membership = _member(request, pk)
    return do(
        request,
        actions.make_main_user,
        membership,
        success=_("%(person)s is now a main user.") % {"person": membership.user},
        to=("organization_people", membership.organization_id),
    )


@require_POST
def membership_make_editor(request: HttpRequest, pk: int) -> HttpResponse:
    membership = _member(request, pk)
    return do(
        request,
        actions.make_editor,
        membership,
        success=_("%(person)s is now an editor.") % {"person": membership.user},
        to=("organization_people", membership.organization_id),
    )


@require_POST
def membership_remove(request: HttpRequest, pk: int) -> HttpResponse:
    membership = _member(request, pk)
    return do(
        request,
        actions.remove_member,
        membership,
        success=_("%(person)s can no longer act for the organization.") % {"person": membership.user},
        to=("organization_people", membership.organization_id),
    )


@require_POST
def membership_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    # Whoever has handed over is no longer a main user: a second click is answered to any member.
    mine = Organization.objects.with_member(request.user)
    memberships = Membership.objects.select_related("organization", "user")
    membership = get_object_or_404(memberships, pk=pk, organization__in=mine)
    return do(
        request,
        actions.hand_over,
        membership,
        success=_("%(person)s is now a main user, and you are an editor.") % {"person": membership.user},
        to=("organization_people", membership.organization_id),
    )


@require_POST
def organization_step_down(request: HttpRequest, pk: int) -> HttpResponse:
    organization = get_object_or_404(Organization.objects.with_member(request.user), pk=pk)
    return do(
        request,
        actions.step_down,
        organization,
        success=_("You are now an editor. The other main users have been told."),
        to=("organization_people", pk),
    )


@require_POST
def organization_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave, or take a request back. Where that cannot be, on to the page where one hands over."""
    organization = get_object_or_404(Organization, pk=pk, memberships__user=request.user)
    try:
        actions.leave_organization(organization, by=request.user)
    except actions.LastMainUser as refusal:
        messages.warning(request, str(refusal.message))
        return redirect("organization_people", pk)
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
    else:
        left = _("You no longer act for %(organization)s.") % {"organization": organization}
        messages.success(request, left)
    return redirect("desk")


@require_POST
def organization_claim(request: HttpRequest, pk: int) -> HttpResponse:
    organization = get_object_or_404(Organization.objects.with_member(request.user), pk=pk)
    form = ClaimForm(request.POST)
    if permissions.can_claim(request.user, organization) and not form.is_valid():
        return invalid(people_page(request, organization, claim=form))
    return do(
        request,
        actions.claim_organization,
        organization,
        claim=form.cleaned_data.get("claim", "") if form.is_valid() else "",
        success=_("Thank you. A moderator decides, and you get a mail."),
        to=("organization_people", pk),
    )
