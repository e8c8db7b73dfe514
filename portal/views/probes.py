"""What machines ask: whether the process answers, whether it can serve readers, and what it has counted.

They ask by number and not by name, without https, and while the portal rests; so they are answered before everything
else, and nothing of it is kept by anybody.
"""

import hmac
import threading
import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from portal.watching import health
from portal.watching.metrics import exposition

# Whoever asks more often gets the same answer again.
READY_SECONDS = 1.0

Handler = Callable[[HttpRequest], HttpResponse]


class Remembered:
    """The parts as they were a moment ago; one thread asks, the others get what it found."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._until = 0.0
        self._parts: list[health.Part] = []

    def parts(self) -> list[health.Part]:
        with self._lock:
            if time.monotonic() >= self._until:
                self._parts = health.parts()
                self._until = time.monotonic() + READY_SECONDS
            return self._parts

    def forget(self) -> None:
        self._until = 0.0


remembered = Remembered()


@login_not_required
@require_safe
def health_live(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"status": health.OK})


@login_not_required
@require_safe
def health_ready(request: HttpRequest) -> HttpResponse:
    parts = remembered.parts()
    state = health.of_all(parts)
    told = {"status": state, "parts": {part.name: {"status": part.state, **part.figures} for part in parts}}
    return JsonResponse(told, status=503 if state == health.DOWN else 200)


@login_not_required
def metrics(request: HttpRequest) -> HttpResponse:
    given = request.META.get("HTTP_AUTHORIZATION", "").encode()
    if not settings.METRICS_TOKEN or not hmac.compare_digest(given, f"Bearer {settings.METRICS_TOKEN}".encode()):
        raise Http404
    return HttpResponse(exposition(), content_type=CONTENT_TYPE_LATEST)


probe_urls = [
    path("health/live", health_live, name="health_live"),
    path("health/ready", health_ready, name="health_ready"),
    path("metrics", metrics, name="metrics"),
]


def probes_are_answered(get_response: Handler) -> Handler:
    """The middleware. It stands before all others."""
    views = {f"/{url.pattern}": url.callback for url in probe_urls}

    def middleware(request: HttpRequest) -> HttpResponse:
        view = views.get(request.path_info)
        if view is None:
            return get_response(request)
        try:
            response = view(request)
        except Http404:
            response = HttpResponse("Not found", status=404, content_type="text/plain")
        response.headers["Cache-Control"] = "no-store"
        return response

    return middleware
