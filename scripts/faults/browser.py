"""What a browser does for somebody: keeps cookies, asks by HTTPS through the proxy, fills in the forms of pages."""

import ssl
from collections.abc import Mapping, Sequence
from html.parser import HTMLParser
from typing import Any

import httpx

from scripts.faults.told import OK, Told

Values = Mapping[str, str | Sequence[str]]
SECONDS = 40  # a little longer than the proxy waits
# What a person sees in place of a page
SAID = {"ConnectError": "refused", "ConnectTimeout": "refused", "ReadTimeout": "no answer"}


class NotDone(Exception):
    """A page did not come, or did not say that something was done: one looks again, and tries again."""


class Forms(HTMLParser):
    """The forms of a page: by their address, what is in their fields."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, dict[str, list[str]]] = {}
        self._open: dict[str, list[str]] | None = None
        self._select = self._textarea = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "form":
            self._open = self.found.setdefault(given.get("action", ""), {})
        elif self._open is None:
            return
        elif tag in ("input", "textarea") and name:
            kind = given.get("type", "text")
            if kind in ("checkbox", "radio") and "checked" not in given or kind in ("submit", "image", "file"):
                return
            self._open.setdefault(name, []).append(given.get("value", "on" if kind == "checkbox" else ""))
            self._textarea = name if tag == "textarea" else ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in given and self._select:
            self._open.setdefault(self._select, []).append(given.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self._textarea and self._open is not None:
            self._open[self._textarea][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "textarea":
            self._textarea = ""
        elif tag == "select":
            self._select = ""


class Browser:
    """One person's. `kind` says whose answers are counted together; `address` is the one of theirs on this machine."""

    def __init__(self, url: str, trust: ssl.SSLContext, told: Told, kind: str, address: str) -> None:
        self.told, self.kind = told, kind
        ways = httpx.HTTPTransport(verify=trust, local_address=address)
        self.client = httpx.Client(base_url=url, transport=ways, timeout=SECONDS)

    def close(self) -> None:
        self.client.close()

    def ask(self, method: str, address: str, *, expected: tuple[int, ...], **more: Any) -> httpx.Response:
        """Whatever else comes is counted as an error, and is `NotDone`."""
        try:
            answer = self.client.request(method, address, **more)
        except httpx.HTTPError as error:
            outcome = SAID.get(type(error).__name__, "broken off")
        else:
            outcome = OK if answer.status_code in expected else str(answer.status_code)
        self.told.saw(self.kind, outcome)
        if outcome != OK:
            raise NotDone(f"{method} {address}: {outcome}")
        return answer

    def open(self, address: str) -> httpx.Response:
        """A page, wherever it leads."""
        return self.ask("GET", address, expected=(200, 304), follow_redirects=True)

    def send(self, page: httpx.Response, action: str, values: Values | None = None, **more: Any) -> str:
        """Send the form of a page whose address ends so; gives where the portal leads one then."""
        # A form without an address sends to its page.
        forms = {address or str(page.url.path): fields for address, fields in Forms(page.text).found.items()}
        address = next((one for one in forms if one.partition("?")[0].endswith(action)), "")
        if not address:
            raise NotDone(f"{page.url} has no form {action}")
        sent = {**forms[address], **(values or {})}
        to = more.pop("to", "") or address
        headers = {"Referer": str(page.url)}
        answer = self.ask("POST", to, expected=(302, 422), data=sent, headers=headers, **more)
        if answer.status_code != 302:
            raise NotDone(f"{to}: the form came back")
        return answer.headers["location"]
