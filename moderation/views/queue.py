"""What waits for a decision: a part of it, a page at a time."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from moderation.clock.late import count_late
from moderation.models import SavedView
from moderation.permissions import moderators_only
from moderation.queue.cases import CASES_PER_PAGE, counts, waiting_cases
from moderation.queue.forms import QueueFilter, SavedViewForm
from moderation.queue.returned_by import come_again
from moderation.queue.rows import rows_of
from moderation.views.going_on import queue_address, with_queue
from organizations.models import Organization
from portal.answering import wrong_query


def queue_page(request: HttpRequest, asked: QueueFilter, view_form: SavedViewForm | None = None) -> HttpResponse:
    """The part of the queue that is asked for, with the moderator's saved views."""
    choice, behind = asked.choice, asked.behind_case
    cases = waiting_cases(choice, behind=behind)
    page = cases[:CASES_PER_PAGE]
    by_kind = counts(choice.of_any_kind)
    asked.show_counts(by_kind)
    total = by_kind[choice.kind] if choice.kind else sum(by_kind.values())
    following = {"behind": page[-1].mark} if len(cases) > len(page) else {}
    only = asked.chosen.get("organization")
    rows = rows_of(page, get_language() or "en")
    again = rows_of(come_again(choice, request.user)[:CASES_PER_PAGE], get_language() or "en") if behind is None else []
    for row in (*rows, *again):
        row["url"] = with_queue(row["case"].url, asked.query)
        row["of_organization"] = queue_address(urlencode({"organization": row["organization"].pk}))
    context: dict[str, Any] = {
        "rows": rows,
        "come_again": again,
        "total": total,
        "late_count": count_late(),
        "has_rechecks": choice.kind in ("", "recheck") and by_kind["recheck"] > 0,
        "form": asked,
        "is_chosen": bool(asked.chosen),
        "queue_query": asked.query,
        "organization": Organization.objects.filter(pk=only).first() if only else None,
        "without_organization": queue_address(asked.without("organization")),
        "views": SavedView.objects.filter(moderator=request.user),
        "view_form": view_form or SavedViewForm(initial={"query": asked.query}),
        "first_url": queue_address(asked.query) if behind is not None else "",
        "next_url": f"?{urlencode({**asked.chosen, **following})}" if following else "",
    }
    response = render(request, "moderation/moderation_queue.html", context)
    return wrong_query(response) if asked.errors else response


@moderators_only
@require_safe
def moderation_queue(request: HttpRequest) -> HttpResponse:
    return queue_page(request, QueueFilter(request.GET, moderator=request.user))
