"""Registering an organization, or asking to join one that is here already."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from organizations import actions
from organizations.forms import JoinForm, RegistrationForm
from organizations.models import Membership, Organization
from organizations.project_names import project_words
from organizations.similar import similar_organizations
from portal.answering import do, invalid
from portal.forms import municipality_names
from portal.refusals import Refused


def _offers(request: HttpRequest, similar: list[Organization]) -> list[dict]:
    """Organizations that the person may mean, and whether they are in them already."""
    mine = set(Membership.objects.filter(user=request.user).values_list("organization_id", flat=True))
    return [{"organization": one, "is_mine": one.pk in mine} for one in similar]


@require_http_methods(["GET", "HEAD", "POST"])
def organization_register(request: HttpRequest) -> HttpResponse:
    """A form; when it names one that is here already, the person may ask to join that one instead."""
    form = RegistrationForm(request.POST or None)
    context = {"form": form, "similar": [], "looks_like_project": False, "same_number": False}
    context["municipality_names"] = municipality_names()
    if request.method != "POST":
        return render(request, "organizations/organization_register.html", context)
    if not form.is_valid():
        # A name is enough to find one's organization; nobody has to fill in the rest to join it.
        context["similar"] = _offers(request, similar_organizations(form.names().values()))
        return invalid(render(request, "organizations/organization_register.html", context))
    names, number = form.names(), form.cleaned_data["business_id"]
    similar = similar_organizations(names.values(), number)
    same_number = bool(number) and any(one.business_id == number for one in similar)
    is_project = any(project_words(name) for name in names.values())
    if (similar or is_project) and (same_number or not form.cleaned_data["is_another"]):
        context |= {
            "similar": _offers(request, similar),
            "same_number": same_number,
            "looks_like_project": is_project,
        }
        return invalid(render(request, "organizations/organization_register.html", context))
    try:
        actions.register_organization(by=request.user, names=names, **form.facts())
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
        return redirect("desk")
    messages.success(
        request,
        _("Thank you. A moderator looks at your organization. You can write your first listing already now."),
    )
    return redirect("desk")


@require_POST
def organization_ask_to_join(request: HttpRequest, pk: int) -> HttpResponse:
    organization = get_object_or_404(Organization.objects.exclude(state=Organization.State.DECLINED), pk=pk)
    form = JoinForm(request.POST)
    if not form.is_valid():
        messages.warning(request, " ".join(form.errors["message"]))
        return redirect("desk")
    return do(
        request,
        actions.ask_to_join,
        organization,
        message=form.cleaned_data["message"],
        success=_("Asked. The main user of the organization decides, and you get a mail."),
        to="desk",
    )
