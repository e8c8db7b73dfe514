"""Follows each request: its id, its line in the log, its place in the counts. It must cost next to nothing."""

import logging
import os
import re
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from portal.page_cache import match_at
from portal.watching.logs import request_id
from portal.watching.metrics import METHODS, count_request

access = logging.getLogger("portal.access")

# Hexadecimal, so that nobody writes words into our log.
_SANE = re.compile(r"[0-9a-f]{8}[0-9a-f-]{0,28}")
NOT_THERE = "(none)"


def requests_are_followed(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The middleware. Only what answers probes stands before it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        start = time.perf_counter()
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        number = given if given and _SANE.fullmatch(given) else os.urandom(16).hex()
        token = request_id.set(number)
        try:
            response = get_response(request)
            seconds = time.perf_counter() - start
            route = route_of(request)
            count_request(route, request.method or "", response.status_code, seconds)
            if access.isEnabledFor(logging.INFO):
                access.info("request", extra={"figures": _figures(request, response, route, seconds)})
        finally:
            request_id.reset(token)
        response.headers["X-Request-ID"] = number
        return response

    return middleware


def _figures(request: HttpRequest, response: HttpResponse, route: str, seconds: float) -> dict[str, str | int | float]:
    method = request.method if request.method in METHODS else "other"
    return {
        "method": str(method),
        "route": route,
        "status": response.status_code,
        "milliseconds": round(seconds * 1000, 1),
    }


def route_of(request: HttpRequest) -> str:
    """The name of what was asked for: never the address, which may hold a key."""
    match = request.resolver_match
    if match is None:  # answered before the view was looked for, as a page that is kept
        if request.path_info.startswith("/static/"):
            return "static"
        match = match_at(request.path_info)
    return match.view_name or NOT_THERE if match is not None else NOT_THERE
