"""Errors to a Sentry of the operator's: where and of which kind, and nothing of whoever met them.

An event is made anew from what is known to be harmless, so that what a later release of the package adds stays here.
"""

import re
from typing import Any

from portal.watching.logs import request_id

FROM_EVENT = ("event_id", "timestamp", "level", "platform", "logger", "release", "environment", "sdk")
# The name of a view or task; where there is none the package takes the address, which may hold a key.
_DOTTED = re.compile(r"[\w.]+")
FROM_FRAME = ("filename", "function", "module", "lineno", "in_app")


def send_errors_to(dsn: str) -> None:
    """Begin. Only here the package is read: it is an extra of the installation."""
    try:
        import sentry_sdk
        from sentry_sdk.integrations.django import DjangoIntegration
    except ImportError as error:
        from django.core.exceptions import ImproperlyConfigured

        raise ImproperlyConfigured(
            "SENTRY_DSN is set and the package is missing. Install the extra (uv sync --extra sentry), or unset it."
        ) from error
    sentry_sdk.init(
        dsn=dsn,
        integrations=[DjangoIntegration(transaction_style="function_name")],
        before_send=harmless,
        before_send_transaction=lambda event, hint: None,
        before_breadcrumb=lambda crumb, hint: None,
        send_default_pii=False,
        include_local_variables=False,
        include_source_context=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        traces_sample_rate=None,
        auto_session_tracking=False,
        send_client_reports=False,
        server_name="",
    )


def harmless(event: Any, hint: Any) -> Any:
    """The event with its kinds of exceptions and their places; without texts, values, requests and people."""
    found: dict[str, Any] = {name: event[name] for name in FROM_EVENT if name in event}
    values = (event.get("exception") or {}).get("values") or []
    if not values:
        return None  # a line of the log: it stays in the log
    found["exception"] = {"values": [_exception(one) for one in values]}
    if _DOTTED.fullmatch(str(event.get("transaction", ""))):
        found["transaction"] = event["transaction"]
    if number := request_id.get():
        found["tags"] = {"request_id": number}
    return found


def _exception(one: dict[str, Any]) -> dict[str, Any]:
    frames = (one.get("stacktrace") or {}).get("frames") or []
    kept = [{name: frame[name] for name in FROM_FRAME if name in frame} for frame in frames]
    return {"type": one.get("type"), "module": one.get("module"), "stacktrace": {"frames": kept}}
