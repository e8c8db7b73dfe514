"""What people see when something went wrong that they can do nothing about."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

SECONDS = 10


def server_error(request: HttpRequest) -> HttpResponse:
    """The fault is ours: 500. While the database is away it is 503, so that programs come back and caches wait."""
    is_away = isinstance(sys.exc_info()[1], (OperationalError, InterfaceError))
    # Nothing is asked that could fail again: no session, no visitor.
    response = HttpResponse(render_to_string("500.html"), status=503 if is_away else 500)
    if is_away:
        response.headers["Retry-After"] = str(SECONDS)
    return response
