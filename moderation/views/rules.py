"""The rule set's history, and what moderators made of what the rules noticed."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from listings.eligibility import RULES
from listings.notes import address_of_rule
from listings.rule_set import current_rule_set, editions
from moderation.forms import RuleUseForm
from moderation.models import Decision
from moderation.permissions import moderators_only
from moderation.rule_use import COLUMNS, RuleUse, count_use
from portal import moments

CHUNK = 2000


def _history() -> list[dict[str, Any]]:
    """Every edition, the newest first; where the settings have another limit, what holds instead."""
    today = timezone.localdate()
    now = current_rule_set()
    return [
        {
            "edition": edition,
            "valid_from": moments.full_date(edition.valid_from),
            "fee_limit": moments.euros(edition.fee_review_limit),
            "is_in_force": is_in_force,
            "is_to_come": edition.valid_from > today,
            "other_fee_limit": moments.euros(now.fee_review_limit)
            if is_in_force and now.fee_review_limit != edition.fee_review_limit
            else "",
            "has_other_switch": is_in_force and now.single_events_allowed != edition.single_events_allowed,
            "single_events_allowed_now": now.single_events_allowed,
        }
        for edition, is_in_force in editions()
    ]


def _chosen(decisions: QuerySet[Decision], period: str, rule_set: str) -> QuerySet[Decision]:
    if period != RuleUseForm.ALL:
        decisions = decisions.filter(at__gte=timezone.now() - timedelta(days=int(period)))
    return decisions if rule_set == RuleUseForm.ALL else decisions.filter(rule_set=rule_set)


def _row(use: RuleUse) -> dict[str, Any]:
    return {
        "use": use,
        "title": RULES[use.code].title,
        "url": address_of_rule(use.code),
        "precision": moments.percent(use.precision) if use.precision is not None else "",
        "recall": moments.percent(use.recall) if use.recall is not None else "",
    }


@moderators_only
@require_safe
def moderation_rules(request: HttpRequest) -> HttpResponse:
    on_listings = (
        Decision.objects.filter(version__isnull=False).exclude(outcome=Decision.Outcome.RECONSIDERED).order_by()
    )
    form = RuleUseForm.read(request.GET, on_listings.values_list("rule_set", flat=True).distinct())
    decisions = _chosen(on_listings, **form.chosen).values_list(*COLUMNS)
    total, uses = count_use(decisions.iterator(chunk_size=CHUNK))
    heard = sorted((use for use in uses if not use.is_silent), key=lambda use: -use.noticed)
    context = {
        "history": _history(),
        "form": form,
        "total": total,
        "rows": [_row(use) for use in heard],
        "silent": [RULES[use.code].title for use in uses if use.is_silent],
    }
    return render(request, "moderation/moderation_rules.html", context)
