"""Finding one's organization before registering it anew, and asking to join it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organizations import actions
from organizations.forms import FindForm, JoinForm
from organizations.models import Membership, Organization
from organizations.registering.similar import find_organizations
from portal.answering import invalid, wrong_query
from portal.forms import municipality_names
from portal.refusals import Refused

FOUND_PER_PAGE = 20


def standings(request: HttpRequest) -> dict[int, str]:
    """Where the person stands already, by organization: in it, or waiting for an answer."""
    mine = Membership.objects.filter(user=request.user).exclude(state=Membership.State.REMOVED)
    return dict(mine.values_list("organization_id", "state"))


@require_safe
def organization_find(request: HttpRequest) -> HttpResponse:
    """By name in any language, number or municipality, forgiving of spelling. Who finds nothing registers."""
    form = FindForm(request.GET if "words" in request.GET or "municipality" in request.GET else None)
    context = {"form": form, "rows": [], "total": 0, "is_asked": False, "municipality_names": municipality_names()}
    if not form.is_bound:
        return render(request, "organizations/organization_find.html", context)
    if not form.is_valid():
        return wrong_query(render(request, "organizations/organization_find.html", context))
    words, municipality = form.cleaned_data["words"], form.cleaned_data["municipality"]
    found = find_organizations(words, municipality)
    page = Paginator(found, FOUND_PER_PAGE).get_page(request.GET.get("page"))
    organizations = Organization.objects.select_related("municipality").in_bulk(list(page))
    mine = standings(request)
    query = urlencode({"words": words, "municipality": municipality or ""})
    context |= {
        "is_asked": True,
        "rows": [{"organization": organizations[pk], "standing": mine.get(pk, "")} for pk in page],
        "total": len(found),
        "words": words,
        "register_query": urlencode({"words": words}) if words else "",
        "page_obj": page,
        "previous_url": f"?{query}&page={page.previous_page_number()}" if page.has_previous() else "",
        "next_url": f"?{query}&page={page.next_page_number()}" if page.has_next() else "",
    }
    return render(request, "organizations/organization_find.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def organization_ask_to_join(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the main users, or the moderators where there are none, with a word of who one is."""
    organizations = Organization.objects.taking_people_in().select_related("municipality")
    organization = get_object_or_404(organizations, pk=pk)
    form = JoinForm(request.POST if request.method == "POST" else None)
    context = {
        "organization": organization,
        "form": form,
        "standing": standings(request).get(pk, ""),
        "is_orphan": Organization.objects.orphaned().filter(pk=pk).exists(),
    }
    if request.method != "POST":
        return render(request, "organizations/organization_ask_to_join.html", context)
    if not form.is_valid() and not context["standing"]:
        return invalid(render(request, "organizations/organization_ask_to_join.html", context))
    try:
        actions.ask_to_join(organization, by=request.user, message=form.cleaned_data.get("message", ""))
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
    else:
        messages.success(request, _("Asked. You get a mail when somebody has decided."))
    return redirect("desk")
