"""Registering an organization; one that is here already is found, and the person may ask to join it instead."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organizations import actions
from organizations.forms import FindForm, RegistrationForm
from organizations.models import Organization
from organizations.registering import register
from organizations.registering.prefilling import prefilled
from organizations.registering.project_names import project_words
from organizations.registering.similar import similar_organizations
from organizations.views.finding import standings
from portal import moments
from portal.answering import invalid
from portal.forms import municipality_names
from portal.refusals import Refused
from portal.working_days import promised_day


def _offers(request: HttpRequest, similar: list[Organization]) -> list[dict]:
    """Organizations that the person may mean, and where they stand with them already."""
    mine = standings(request)
    return [{"organization": one, "standing": mine.get(one.pk, "")} for one in similar]


def _looked_for(request: HttpRequest) -> dict[str, str]:
    """What the person has looked for in vain, for the form's first fields: a name, or a Business ID."""
    asked = FindForm(request.GET)
    words = asked.cleaned_data.get("words", "") if asked.is_valid() else ""
    return {"business_id": words} if words[:1].isdigit() else {"name_fi": words}


@require_http_methods(["GET", "HEAD", "POST"])
def organization_register(request: HttpRequest) -> HttpResponse:
    """A form; when it names one that is here already, the person may ask to join that one instead."""
    form = RegistrationForm(request.POST or None, initial=_looked_for(request))
    context = {"form": form, "similar": [], "looks_like_project": False, "same_number": False}
    context |= {"municipality_names": municipality_names(), "can_look_up": register.is_on(), "register_note": ""}
    if request.method == "POST" and "look_up" in request.POST and register.is_on():
        values, context["register_note"] = prefilled(request.POST.dict())
        context["form"] = RegistrationForm(initial=values)
        return render(request, "organizations/organization_register.html", context)
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
        entry = register.look_up(number)
        organization = actions.register_organization(by=request.user, names=names, register=entry, **form.facts())
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
        return redirect("desk")
    messages.success(
        request,
        _(
            "Thank you. A moderator looks at your organization and answers by %(date)s. You can write your first "
            "listing already now."
        )
        % {"date": moments.full_date(promised_day(organization.registered_at))},
    )
    return redirect("desk")
