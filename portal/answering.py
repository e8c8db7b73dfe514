"""How views answer a write: one message, one redirect, and never an error page for a lost race."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect

from portal.refusals import Refused


def do(
    request: HttpRequest, action: Callable[..., Any], *args: Any, success: str, to: Any, **kwargs: Any
) -> HttpResponseRedirect:
    """Carry out an action as the signed-in person, say how it went, and go on to the page `to`."""
    try:
        action(*args, by=request.user, **kwargs)
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
    else:
        messages.success(request, success)
    return redirect(*to) if isinstance(to, tuple) else redirect(to)


def invalid(response: HttpResponse) -> HttpResponse:
    """The page of a form that could not be read."""
    response.status_code = 422
    return response


def wrong_query(response: HttpResponse) -> HttpResponse:
    """The page of an address whose query string could not be read."""
    response.status_code = 400
    return response
