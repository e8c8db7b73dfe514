"""Maintenance: the portal rests, for all its processes at once, and says so to readers in their language.

Processes on several machines share Redis, and the mark is there; without Redis there is one machine, and it is a file
in `VAR_DIR`. Never the database: it may be away, or about to be replaced. Static files and health are answered before.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation
from redis import Redis
from redis.exceptions import RedisError

KEY = "portal:maintenance"
MINUTES = 15
# So long a process may go on answering after the mark was set; and so long it does not ask a Redis that is away.
LOOKS_EVERY_SECONDS = 2.0
PAUSE_SECONDS = 10.0

# What this process saw last, and when it looks again.
_seen: datetime | None = None
_looks_again_at = 0.0


@cache
def _redis_at(url: str) -> Redis:
    return Redis.from_url(url, socket_connect_timeout=0.5, socket_timeout=0.5)


def _redis() -> Redis:
    return _redis_at(settings.REDIS_URL)


def _file() -> Path:
    return Path(settings.VAR_DIR) / "maintenance"


def turn_on(minutes: int = MINUTES) -> datetime:
    """Begin; `minutes` is only what readers and their programs are told. It lasts until it is turned off."""
    until = timezone.now() + timedelta(minutes=minutes)
    if settings.REDIS_URL:
        _redis().set(KEY, until.isoformat())
    else:
        _file().write_text(until.isoformat())
    forget()
    return until


def turn_off() -> None:
    if settings.REDIS_URL:
        _redis().delete(KEY)
    else:
        _file().unlink(missing_ok=True)
    forget()


def forget() -> None:
    """Look again at the next request."""
    global _looks_again_at
    _looks_again_at = 0.0


def until() -> datetime | None:
    """When it should be over; None when the portal works."""
    global _seen, _looks_again_at
    now = time.monotonic()
    if now >= _looks_again_at:
        try:
            _seen, _looks_again_at = _read(), now + LOOKS_EVERY_SECONDS
        except (RedisError, OSError):
            _looks_again_at = now + PAUSE_SECONDS  # it goes on as it was, as far as anybody knows
    return _seen


def _read() -> datetime | None:
    if settings.REDIS_URL:
        written = _redis().get(KEY)
        text = written.decode() if isinstance(written, bytes) else ""
    else:
        text = _file().read_text() if _file().exists() else ""
    if not text:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:  # a hand wrote it
        return timezone.now() + timedelta(minutes=MINUTES)


def is_on() -> bool:
    return until() is not None


def rests_during_maintenance(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """The middleware. It stands before all that asks the database."""

    def middleware(request: HttpRequest) -> HttpResponse:
        over = until()
        if over is None:
            return get_response(request)
        left = int((over - timezone.now()).total_seconds())
        code = translation.get_language_from_request(request, check_path=True)
        with translation.override(code):
            page = render_to_string("503.html", {"site_name": settings.SITE_NAME, "over": over if left > 0 else None})
        response = HttpResponse(page, status=503)
        response.headers["Retry-After"] = str(max(60, left))
        response.headers["Content-Language"] = code
        response.headers["Cache-Control"] = "no-store"
        response._has_been_logged = True  # type: ignore[attr-defined]  # it is no error, and there are many
        return response

    return middleware
