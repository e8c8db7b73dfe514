"""What may be listed: the rules in plain words, from the same table that judges listings."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from listings.eligibility import RULES
from listings.rule_set import current_rule_set
from portal import moments
from portal.vocabulary import codes, hint, label


@login_not_required
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """All rules; each has its own address on the page, by its code."""
    rule_set = current_rule_set()
    context = {
        "rules": RULES.values(),
        "kinds": [
            {"label": label("organization_kind", code), "hint": hint("organization_kind", code)}
            for code in codes("organization_kind")
            if code != "other"
        ],
        "version": rule_set.version,
        "valid_from": moments.full_date(rule_set.valid_from),
    }
    return render(request, "listings/rules.html", context)
