"""Taking a case in hand, and giving it back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from moderation import actions
from moderation.permissions import moderators_only
from moderation.queue.cases import SOURCES
from moderation.views.going_on import carried, open_case, queue_address, with_queue
from portal.answering import do


def _known(kind: str) -> str:
    if kind not in SOURCES:
        raise Http404
    return kind


@moderators_only
@require_POST
def case_take_next(request: HttpRequest) -> HttpResponse:
    """Take the first case that no other has in hand, and open it."""
    asked = carried(request)
    case = actions.take_next(asked.choice, by=request.user)
    if case is not None:
        return open_case(case, asked)
    messages.warning(request, _("There is nothing here now that you can take in hand."))
    return redirect(queue_address(asked.query))


@moderators_only
@require_POST
def case_take(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    here = with_queue(reverse(f"{_known(kind)}_decide", args=[pk]), carried(request).query)
    return do(request, actions.take_case, kind, pk, success=_("You have this in hand now."), to=here)


@moderators_only
@require_POST
def case_give_back(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    to = queue_address(carried(request).query)
    return do(request, actions.give_back, _known(kind), pk, success=_("Others can take it now."), to=to)
