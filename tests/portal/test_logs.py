"""The log: a line for each request with its id, and nothing of whoever asked, whatever library writes."""

import io
import json
import logging
import re
import subprocess
import sys
from types import SimpleNamespace

import httpx
import pytest
from celery import signals
from django.db import IntegrityError, OperationalError
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation
from django.utils.log import log_response
from gunicorn.config import Config

from portal.watching import logs
from portal.watching.logs import JsonLines, PlainLines, without_personal_data
from portal.watching.requests import requests_are_followed
from portal.watching.server_logs import ServerLogger

SECRETS = ("salasana", "turvakoti", "aino.virtanen", "203.0.113.7", "2001:db8", "avain-k3y", "evil.example")


OF_LIBRARIES = ("httpx", "celery", "celery.app", "celery.app.trace", "django", "django.request", "django.db.backends")


@pytest.fixture
def log():
    """All that is logged from here on, as both formats write it; nothing is too small."""
    streams = {kind: io.StringIO() for kind in (JsonLines, PlainLines)}
    handlers = []
    root, access = logging.getLogger(), logging.getLogger("portal.access")
    kept = root.level, access.level
    for kind, stream in streams.items():
        handler = logging.StreamHandler(stream)
        handler.setFormatter(kind())
        handlers.append(handler)
        root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    access.setLevel(logging.INFO)
    # What other tests have done to the loggers of libraries, as Celery does when it sets up its own.
    for name in OF_LIBRARIES:
        logger = logging.getLogger(name)
        logger.disabled, logger.propagate = False, True
        logger.setLevel(logging.NOTSET)
    yield SimpleNamespace(
        lines=lambda: [json.loads(line) for line in streams[JsonLines].getvalue().splitlines()],
        text=lambda: "".join(stream.getvalue() for stream in streams.values()),
    )
    root.setLevel(kept[0])
    access.setLevel(kept[1])
    for handler in handlers:
        root.removeHandler(handler)


def at(name, *args):
    with translation.override("fi"):
        return reverse(name, args=args)


def test_request_is_one_line_with_its_id(db, log):
    number = "0f" * 16
    response = Client().get(at("listing_list"), headers={"x-request-id": number})
    assert response.headers["X-Request-ID"] == number
    (line,) = [line for line in log.lines() if line["logger"] == "portal.access"]
    milliseconds = line.pop("milliseconds")
    assert 0 < milliseconds < 60_000
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00", line.pop("time"))
    assert line == {
        "level": "INFO",
        "logger": "portal.access",
        "message": "request",
        "request_id": number,
        "method": "GET",
        "route": "listing_list",
        "status": 200,
    }


@pytest.mark.parametrize("given", ["", "aino.virtanen", "abc\r\nx", "f" * 60, "<script>"])
def test_id_that_could_be_anything_is_not_taken(given):
    request = RequestFactory().get("/static/x.css", headers={"x-request-id": given} if given else {})
    response = requests_are_followed(lambda request: SimpleNamespace(status_code=200, headers={}))(request)
    assert re.fullmatch(r"[0-9a-f]{32}", response.headers["X-Request-ID"])


def test_nothing_personal_is_logged_whatever_people_do(db, log, monkeypatch):
    client = Client(REMOTE_ADDR="203.0.113.7", headers={"user-agent": "turvakoti"}, raise_request_exception=False)
    client.get(at("listing_list"), {"words": "turvakoti"})
    client.get("/fi/avain-k3y/turvakoti/")
    client.get(at("invitation", "avain-k3y"))
    client.post(at("account_login"), {"login": "aino.virtanen@example.org", "password": "salasana"})
    client.post(at("account_signup"), {"email": "aino.virtanen@example.org", "password1": "salasana"})
    client.get(at("listing_list"), headers={"host": "evil.example"})
    client.get("/fi/../../turvakoti", headers={"x-forwarded-for": "2001:db8::7"})
    strict = Client(enforce_csrf_checks=True, headers={"referer": "https://evil.example/?q=turvakoti"})
    strict.post(at("account_login"), {"login": "aino.virtanen@example.org"}, headers={"origin": "https://evil.example"})

    def breaks(*args, **kwargs):
        try:
            raise IntegrityError("Key (email)=(aino.virtanen@example.org) already exists.")
        except IntegrityError as error:
            raise ValueError("cannot read 'turvakoti'") from error

    monkeypatch.setattr("allauth.account.views.LoginView.get_form", breaks)
    assert client.post(at("account_login"), {"login": "turvakoti"}).status_code == 500
    lines = log.lines()
    assert {line["status"] for line in lines if "status" in line} >= {200, 400, 403, 404, 500}
    broken = [line["exception"] for line in lines if "ValueError" in line.get("exception", "")]
    assert any("IntegrityError" in one and "test_logs.py" in one for one in broken), "where it broke must be seen"
    for secret in SECRETS:
        assert secret not in log.text().lower(), secret


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("Mail to aino.virtanen@example.org failed", "Mail to [address] failed"),
        ("Invalid request from ip=203.0.113.7: bad", "Invalid request from ip=[ip]: bad"),
        ("from 2001:db8:0:0::7", "from [ip]"),
        ("GET /fi/invitations/avain-k3y/", "GET /[hidden]"),
        ("HTTP Request: GET https://example.org/a?q=turvakoti", "HTTP Request: GET https://example.org/[hidden]"),
        ("Connected to redis://:salasana@redis:6379/0", "Connected to redis://[hidden]@redis:6379/[hidden]"),
        ("at 12:30:45 task portal.tasks.send_digests ended", "at 12:30:45 task portal.tasks.send_digests ended"),
    ],
)
def test_message_is_cleaned(message, told):
    assert without_personal_data(message) == told


def test_what_a_server_says_of_itself_is_kept_and_all_else_is_not():
    assert (
        logs.told(OperationalError("server closed the connection")) == "OperationalError: server closed the connection"
    )
    assert logs.told(IntegrityError("Key (email)=(x) exists")) == "IntegrityError"


def test_libraries_do_not_go_around_it(log):
    log_response("Not Found: %s", "/fi/avain-k3y/", response=SimpleNamespace(status_code=500), request=object())
    logging.getLogger("httpx").info("HTTP Request: %s", httpx.URL("https://example.org/?businessId=turvakoti"))
    context = {"name": "portal.tasks.send_waiting_mail", "id": "1", "exc": "turvakoti", "args": "turvakoti"}
    logging.getLogger("celery.app.trace").error("Task %(name)s raised: %(exc)s %(args)s", context)
    logging.getLogger("django.db.backends").error("SELECT 'turvakoti'")
    assert len(log.lines()) == 4
    assert "turvakoti" not in log.text()
    assert "avain" not in log.text()


def test_web_server_writes_the_same_lines_and_no_addresses(tmp_path, settings):
    settings.LOG_FORMAT = "json"
    config = Config()
    config.set("errorlog", str(tmp_path / "errors"))
    config.set("accesslog", str(tmp_path / "visits"))
    logger = ServerLogger(config)
    logger.warning("Invalid request from ip=%s: %s", "203.0.113.7", "bad")
    try:
        raise ValueError("turvakoti")
    except ValueError:
        logger.exception("Error handling request %s", "/fi/avain-k3y/?q=turvakoti")
    logger.access(None, None, {}, None)
    first, second = map(json.loads, (tmp_path / "errors").read_text().splitlines())
    assert first["message"] == "Invalid request from ip=[ip]: bad"
    assert second["message"] == "a request broke off"
    assert second["exception"].startswith("ValueError\n")
    assert (tmp_path / "visits").read_text() == ""
    for handler in logger.error_log.handlers + logger.access_log.handlers:
        handler.close()


def test_task_carries_the_id_of_its_request():
    headers: dict[str, str] = {}
    token = logs.request_id.set("0f" * 16)
    try:
        signals.before_task_publish.send(sender="a task", headers=headers)
        logs.request_id.set("")
        request = SimpleNamespace(is_eager=False, id="7", get=headers.get)
        logs.take_over_from_request(task=SimpleNamespace(request=request))
        assert logs.request_id.get() == "0f" * 16
        logs.leave_request(task=SimpleNamespace(request=request))
        assert logs.request_id.get() == ""
    finally:
        logs.request_id.reset(token)


SERVED = """
import django; django.setup()
import logging
logging.getLogger("portal.access").info("request", extra={"figures": {"route": "start"}})
logging.getLogger("django.request").warning("Not Found: /fi/x/")
logging.getLogger("any").warning("said to aino@example.org")
"""


@pytest.mark.parametrize("kind", ["json", "plain"])
def test_settings_choose_the_format(kind, tmp_path):
    environment = {"DJANGO_SETTINGS_MODULE": "portal.settings", "VAR_DIR": str(tmp_path), "LOG_FORMAT": kind}
    done = subprocess.run([sys.executable, "-c", SERVED], env=environment, capture_output=True, text=True, check=True)
    lines = done.stderr.splitlines()
    if kind == "json":
        assert [json.loads(line)["message"] for line in lines] == ["request", "said to [address]"]
    else:
        assert len(lines) == 1, "requests are told only where it is asked for"
        assert lines[0].endswith("WARNING any said to [address]")
