"""Errors go to a Sentry only when an address is set; and nothing of whoever met them goes along."""

import gzip
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).parents[2]
SECRETS = ("turvakoti", "aino", "virtanen", "salasana", "203.0.113.7", "avain-k3y", "remembered", "example.org", "/fi/")

# A page breaks while somebody sends a form; a task breaks with what it was given; a line is logged as an error.
BREAKS = """
import django; django.setup()
import logging
from django.test import Client
import portal.views.robots
secret = "turvakoti"
def breaks(*args, **kwargs):
    name = "aino.virtanen@example.org"
    raise ValueError(f"cannot read {secret} of {name}")
portal.views.robots.render = breaks
client = Client(
    raise_request_exception=False, REMOTE_ADDR="203.0.113.7", HTTP_REFERER="http://127.0.0.1/fi/avain-k3y/",
    HTTP_USER_AGENT="turvakoti", HTTP_X_FORWARDED_FOR="203.0.113.7", HTTP_HOST="127.0.0.1",
)
client.cookies["remembered"] = "avain-k3y"
assert client.get("/robots.txt?words=turvakoti").status_code == 500
logging.getLogger("any").error("aino.virtanen@example.org")
try:
    breaks()
except ValueError:
    logging.getLogger("any").exception("turvakoti %s", "salasana")
import sentry_sdk
sentry_sdk.set_user({"email": "aino.virtanen@example.org"})
sentry_sdk.capture_message("turvakoti")
sentry_sdk.flush(5)
"""


@contextmanager
def receiver() -> Iterator[tuple[list[bytes], int]]:
    """A Sentry that keeps what it gets: every byte of it, headers too."""
    got: list[bytes] = []

    class Keeps(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # noqa: N802 (the name that http.server calls)
            body = self.rfile.read(int(self.headers["Content-Length"]))
            got.append(gzip.decompress(body) if self.headers.get("Content-Encoding") == "gzip" else body)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Keeps)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield got, server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def run(code, tmp_path, **environment):
    given = {"DJANGO_SETTINGS_MODULE": "tests.settings", "VAR_DIR": str(tmp_path), **environment}
    return subprocess.run(
        [sys.executable, "-c", code], env=given, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )


def test_error_is_told_without_anything_personal(tmp_path):
    with receiver() as (got, port):
        run(BREAKS, tmp_path, SENTRY_DSN=f"http://key@127.0.0.1:{port}/1")
    events = [json.loads(line) for body in got for line in body.splitlines() if b'"exception"' in line]
    assert len(events) == 2, "both errors, and no line of the log"
    for event in events:
        assert not any("value" in one for one in event["exception"]["values"]), "its text quotes what people typed"
        broken = event["exception"]["values"][-1]
        assert broken["type"] == "ValueError"
        assert broken["stacktrace"]["frames"][-1]["function"] == "breaks"
    assert events[0]["transaction"] == "portal.views.robots.robots"
    assert len(events[0]["tags"]["request_id"]) == 32
    everything = b"\n".join(got).decode().lower()
    for secret in SECRETS:
        assert secret not in everything, secret


def test_package_is_not_even_read_without_an_address(tmp_path):
    done = run("import django, sys; django.setup(); print('sentry_sdk' in sys.modules)", tmp_path)
    assert done.stdout.strip() == "False"
