"""Lines of the log: with the id of their request, and without anything that belongs to a person.

No path is written, because links in mails carry keys; no query string, because people search for what concerns them; no
text of an exception but those of the network and the database server, because others quote what somebody typed.
"""

import json
import logging
import re
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

request_id: ContextVar[str] = ContextVar("request_id", default="")

_HIDDEN: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<=://)[^/\s'\"]*@"), "[hidden]@"),
    (re.compile(r"(\w+://[^/\s'\"?]+)[/?][^\s'\"]*"), r"\1/[hidden]"),
    (re.compile(r"[^\s@<>()\[\]'\"]+@[^\s@<>()\[\]'\"]+\.\w+"), "[address]"),
    (re.compile(r"(?<![\w./])/[a-z]{2}(-[a-z]+)?/[^\s'\"]*"), "/[hidden]"),
    (re.compile(r"\?[^\s'\"]+=[^\s'\"]*"), "?[hidden]"),
    (re.compile(r"\b\d{1,3}(\.\d{1,3}){3}\b"), "[ip]"),
    (re.compile(r"(?<![\w:])(?=[0-9a-f:]*::|([0-9a-f]+:){4})[0-9a-f:]{4,}(?![\w:])", re.IGNORECASE), "[ip]"),
)
# Their texts are about servers, and somebody has to read them.
_ABOUT_SERVERS = ("OperationalError", "InterfaceError", "ConnectionError", "TimeoutError", "ConnectionRefusedError")


def without_personal_data(text: str) -> str:
    """A message without addresses of mail and network, without paths, query strings and passwords in addresses."""
    for pattern, instead in _HIDDEN:
        text = pattern.sub(instead, text)
    return text


def message_of(record: logging.LogRecord) -> str:
    """What a record says, without what its library quotes."""
    if record.name == "portal.access":
        return str(record.msg)
    if record.name.startswith("django.db.backends"):
        return "a statement"  # with LOG_LEVEL=DEBUG, Django quotes what is written
    if hasattr(record, "request"):
        # Django names the path, the sender of a form, the host that was asked for.
        return f"answered {getattr(record, 'status_code', '')}".rstrip()
    if record.name == "celery.app.trace" and isinstance(record.args, dict):
        # Celery quotes what the task was given, and the text of what went wrong.
        return f"Task {record.args.get('name')}[{record.args.get('id')}] {record.args.get('description', 'ended')}"
    if record.name.startswith("gunicorn") and record.exc_info:
        return "a request broke off"  # gunicorn names its address
    try:
        return without_personal_data(record.getMessage())
    except (TypeError, ValueError):
        return without_personal_data(str(record.msg))


def told(error: BaseException | None) -> str:
    """An exception: of which kinds it and its causes are, and where it happened. Its text quotes what people typed."""
    lines: list[str] = []
    while error is not None and len(lines) < 200:
        name = type(error).__name__
        text = f": {without_personal_data(str(error)).strip()}" if name in _ABOUT_SERVERS else ""
        frames = traceback.extract_tb(error.__traceback__)
        lines += [f"{name}{text}", *(f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in reversed(frames))]
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n".join(lines)


class PlainLines(logging.Formatter):
    """For people who look at a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        line = f"{self.formatTime(record)} {record.levelname} {record.name} {message_of(record)}"
        if figures := getattr(record, "figures", None):
            line += " " + " ".join(f"{name}={value}" for name, value in figures.items())
        if number := request_id.get():
            line += f" request_id={number}"
        return line + ("\n" + told(record.exc_info[1]) if record.exc_info else "")


class JsonLines(logging.Formatter):
    """For programs that collect logs: an object a line."""

    def format(self, record: logging.LogRecord) -> str:
        seen: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": message_of(record),
        }
        if number := request_id.get():
            seen["request_id"] = number
        seen |= getattr(record, "figures", {})
        if record.exc_info:
            seen["exception"] = told(record.exc_info[1])
        return json.dumps(seen, ensure_ascii=False, default=str)


def hand_on_to_tasks(headers: dict[str, Any] | None = None, **_: Any) -> None:
    """Celery's `before_task_publish`: a task carries the id of the request that started it."""
    if headers is not None and request_id.get():
        headers["request_id"] = request_id.get()


def take_over_from_request(task: Any = None, **_: Any) -> None:
    """Celery's `task_prerun`: what the task says in the log names that id, or its own."""
    if task is not None and not task.request.is_eager:
        request_id.set(task.request.get("request_id") or task.request.id or "")


def leave_request(task: Any = None, **_: Any) -> None:
    """Celery's `task_postrun`: what a worker says between two tasks is about neither."""
    if task is not None and not task.request.is_eager:
        request_id.set("")


def keep_our_logging(**_: Any) -> None:
    """Celery's `setup_logging`: whoever answers it does it instead of Celery."""
