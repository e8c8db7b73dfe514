"""From one case to the next: where it stands in the queue, who has it in hand, and what comes after it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from moderation import actions
from moderation.models import Hold
from moderation.queue.cases import Case, place_of, waiting_case
from moderation.queue.forms import QueueFilter


def carried(request: HttpRequest) -> QueueFilter:
    """The part of the queue that the moderator works through: the address and the forms carry it along."""
    return QueueFilter.of_query(request.POST.get("queue", request.GET.get("queue", "")), request.user)


def with_queue(address: str, query: str) -> str:
    """An address that carries a part of the queue along."""
    return f"{address}?{urlencode({'queue': query})}" if query else address


def queue_address(query: str) -> str:
    return f"{reverse('moderation_queue')}?{query}" if query else reverse("moderation_queue")


def case_context(request: HttpRequest, kind: str, pk: int) -> dict[str, Any]:
    """What the page of a case says about the queue. `place` is 0 when the case is not in the part that is chosen."""
    asked = carried(request)
    case = waiting_case(kind, pk)
    place, total = place_of(case, asked.choice) if case is not None else (0, 0)
    hold = Hold.objects.in_force().filter(kind=kind, case_id=pk).select_related("moderator").first()
    return {
        "case": case,
        "is_waiting": case is not None,
        "place": place,
        "total": total,
        "hold": hold,
        "queue_query": asked.query,
        "queue_url": queue_address(asked.query),
    }


def open_case(case: Case, asked: QueueFilter) -> HttpResponse:
    """On to the page of a case, with the part of the queue from which it comes."""
    return redirect(with_queue(case.url, asked.query))


def next_case(request: HttpRequest) -> HttpResponse:
    """On to the next case that no other moderator has in hand, taken in hand; else to the queue."""
    asked = carried(request)
    case = actions.take_next(asked.choice, by=request.user)
    return open_case(case, asked) if case is not None else redirect(queue_address(asked.query))
