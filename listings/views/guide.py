"""The public guide to what may be listed, from the same tables that judge listings. Only GET, no sign-in."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from listings import browsing, guide
from listings.eligibility import ELIGIBLE, RULES, examples_of
from listings.models import ActivityForm, Listing
from listings.rule_set import current_rule_set
from portal import moments
from portal.page_cache import kept
from portal.vocabulary import hint, label


def _edition() -> dict[str, str]:
    rule_set = current_rule_set()
    return {"version": rule_set.version, "valid_from": moments.full_date(rule_set.valid_from)}


@kept()
@login_not_required
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """All rules in groups, each with its own page."""
    context = {
        "groups": [
            {"title": title, "rules": [{"rule": RULES[code], "meaning": hint("rule", code)} for code in codes]}
            for title, codes in guide.GROUPS
        ],
        "checklist": guide.CHECKLIST,
        **_edition(),
    }
    return render(request, "listings/rules.html", context)


@kept()
@login_not_required
@require_safe
def rule(request: HttpRequest, code: str) -> HttpResponse:
    """One rule in plain words, with examples of what fits and what does not."""
    if code not in RULES:
        raise Http404
    chosen, rule_set = RULES[code], current_rule_set()
    examples = examples_of(code, rule_set)
    context = {
        "rule": chosen,
        "description": hint("rule", code),
        "what_happens": guide.what_happens(chosen),
        "where_it_holds": guide.where_it_holds(chosen),
        "limit": guide.limit_of(chosen, rule_set),
        "fitting": [guide.as_shown(one) for one in examples if one.outcome == ELIGIBLE],
        "not_fitting": [guide.as_shown(one) for one in examples if one.outcome != ELIGIBLE],
        "neighbours": guide.neighbours_of(code),
        "is_about_organizations": code in guide.ABOUT_ORGANIZATIONS,
        **_edition(),
    }
    return render(request, "listings/rule.html", context)


@kept()
@login_not_required
@require_safe
def rules_organizations(request: HttpRequest) -> HttpResponse:
    """Which organizations may list, and what the others can do instead."""
    context = {
        "kinds": guide.kinds_that_may_list(commercial=False),
        "commercial_kinds": guide.kinds_that_may_list(commercial=True),
        "others": guide.WAYS_FOR_OTHERS,
    }
    return render(request, "listings/rules_organizations.html", context)


@kept()
@login_not_required
@require_safe
def rules_forms(request: HttpRequest) -> HttpResponse:
    """What each form of activity means."""
    path = browsing.list_path(Listing.ACTIVITY)

    def form(row: ActivityForm) -> dict[str, Any]:
        return {
            "code": row.pk,
            "family": row.family,
            "label": label("form", row.pk),
            "meaning": hint("form", row.pk),
            "url": browsing.address(path, {"form": [row.pk]}),
        }

    context = {
        "forms": [form(row) for row in ActivityForm.objects.all()],
        "lookalikes": [
            {"labels": [label("form", code) for code in pair], "how": how} for pair, how in guide.LOOKALIKES
        ],
    }
    return render(request, "listings/rules_forms.html", context)
