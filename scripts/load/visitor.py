"""Somebody with a browser, as far as a server can tell: a connection of their own, cookies, the forms of a page."""

import base64
import gzip
import hashlib
import hmac
import http.client
import re
import ssl
import struct
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

SECONDS = 30  # who waits longer goes
IDLE = 20  # seconds; the proxy closes what is silent for 30
# What the forms that are sent here carry along; a page has other forms with other hidden fields.
HIDDEN = re.compile(r'<input type="hidden" name="(csrfmiddlewaretoken|seen|queue)"(?: value="([^"]*)")?')
SHOWN = {"Accept": "text/html", "Accept-Encoding": "gzip", "User-Agent": "load"}
Data = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True)
class Answer:
    status: int
    location: str = ""
    page: str = ""


class Visitor:
    """Comes from `address`, one of 127.0.0.0/8, so that the limits of proxy and portal count each by themselves."""

    def __init__(self, url: str, trust: ssl.SSLContext, address: str) -> None:
        self.origin = url
        self.where = urlsplit(url).netloc
        self.trust, self.address = trust, address
        self.cookies: dict[str, str] = {}
        self.hidden: list[tuple[str, str]] = []
        self._connection: http.client.HTTPSConnection | None = None
        self._used = 0.0

    def leave(self) -> None:
        """Close the connection. Who comes next opens one."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def get(self, path: str, *, is_read: bool = True) -> Answer:
        """A page. One that is not read is taken in whole all the same."""
        return self._ask("GET", path, None, is_read=is_read)

    def post(self, path: str, data: Data) -> Answer:
        """A form of the last page, with what it carries along."""
        pairs = [*(pair for pair in self.hidden if pair[0] not in data), *data.items()]
        return self._ask("POST", path, urlencode(pairs, doseq=True).encode(), is_read=True)

    def _ask(self, method: str, path: str, body: bytes | None, *, is_read: bool) -> Answer:
        headers = dict(SHOWN)
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.origin}
        try:
            response, packed = self._sent(method, path, body, headers)
        except (OSError, http.client.HTTPException):
            self.leave()
            return Answer(0)
        for line in response.headers.get_all("Set-Cookie", ()):
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        page = ""
        if is_read and response.status != 302:
            raw = gzip.decompress(packed) if response.headers.get("Content-Encoding") == "gzip" else packed
            page = raw.decode()
            self.hidden = list(dict.fromkeys((name, unescape(value)) for name, value in HIDDEN.findall(page)))
        return Answer(response.status, response.headers.get("Location", ""), page)

    def _sent(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[http.client.HTTPResponse, bytes]:
        if time.monotonic() - self._used > IDLE:
            self.leave()
        self._used = time.monotonic()
        if self._connection is None:
            host, _colon, port = self.where.partition(":")
            self._connection = http.client.HTTPSConnection(
                host, int(port), timeout=SECONDS, context=self.trust, source_address=(self.address, 0)
            )
        self._connection.request(method, path, body=body, headers=headers)
        response = self._connection.getresponse()
        return response, response.read()

    # Signing in

    def sign_in(self, email: str, password: str, secret: str = "") -> None:
        """By the form, and with a second factor where there is a secret for it."""
        path = "/en/account/login/"
        self.get(path)
        answer = self.post(path, {"login": email, "password": password})
        if secret:
            path = answer.location
            self.get(path)
            answer = self.post(path, {"code": code_of(secret)})
        if answer.status != 302 or "/account/" in answer.location:
            raise SystemExit(f"{email} cannot sign in: {answer.status} {answer.location}\n{answer.page[:3000]}")


def code_of(secret: str) -> str:
    """What an authenticator shows now (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"
