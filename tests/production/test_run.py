"""The set-up as it runs: what the proxy lets through and keeps, what is seen while web processes are away, renewal."""

import json
import re
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

import httpx
import pytest

from listings.actions import withdraw_listing
from scripts.production import Production
from tests import factories

pytestmark = pytest.mark.production

LIST = "/fi/activities/"
PROXY_KEEPS = 3
PAUSE = 0.15  # four people who wait so long between two requests stay below what the proxy lets one address ask
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@pytest.fixture
def reader(production) -> Iterator[httpx.Client]:
    """Somebody without cookies."""
    with httpx.Client(base_url=production.url, verify=production.trust, timeout=20) as client:
        yield client


@contextmanager
def nobody_answers(production: Production) -> Iterator[None]:
    """All web processes are away, as while a machine restarts."""
    production.supervisor.stop(*production.web)
    try:
        yield
    finally:
        production.supervisor.start(*production.web)


def hurried(production: Production) -> httpx.Client:
    """A new connection for each request: where one ends is none of the portal's business."""
    headers = {"Connection": "close"}
    return httpx.Client(base_url=production.url, verify=production.trust, timeout=30, headers=headers)


def signed_in(production: Production) -> httpx.Client:
    """An editor with a session of their own."""
    client = hurried(production)
    form = client.get("/en/account/login/")
    user = factories.MembershipFactory(main_user=True).user
    send = {"login": user.email, "password": factories.PASSWORD, "csrfmiddlewaretoken": TOKEN.search(form.text)[1]}
    answer = client.post("/en/account/login/", data=send, headers={"Referer": str(form.url)})
    assert answer.status_code == 302, answer.text
    return client


def test_proxy_speaks_tls_and_http2_and_leads_there(production):
    plain = httpx.get(f"http://127.0.0.1:{production.ports['http']}/fi/?a=b")
    assert plain.status_code == 308
    assert plain.headers["location"].startswith("https://")
    context = production.trust
    context.set_alpn_protocols(["h2"])
    with pytest.raises(httpx.ConnectError):  # nobody has signed it
        httpx.get(production.url)
    with (
        socket.create_connection(("127.0.0.1", production.ports["https"])) as raw,
        context.wrap_socket(raw, server_hostname="127.0.0.1") as secure,
    ):
        assert secure.selected_alpn_protocol() == "h2"
        assert secure.version() == "TLSv1.3"


def test_pages_are_kept_for_visitors_without_a_cookie_only(production, reader):
    def kept(**headers: str) -> str:
        reader.get(LIST + "?page=1", headers=headers)
        return line_of(production, reader.get(LIST + "?page=1", headers=headers))["cache"]

    assert kept() == "HIT"
    assert kept(Cookie="a=b") == "BYPASS"
    assert kept(Authorization="Basic YTpi") == "BYPASS"
    for _twice in range(2):
        answer = reader.get("/fi/account/login/")
        assert answer.cookies
        assert line_of(production, answer)["cache"] == "MISS"
        reader.cookies.clear()


def test_proxy_tells_the_web_who_asks_and_nobody_else_does(production, reader):
    # Were the visitor's word on the scheme believed, the portal would send them to https for ever.
    answer = reader.get(LIST + "?page=2", headers={"X-Forwarded-Proto": "http", "X-Forwarded-For": "192.0.2.1"})
    assert answer.status_code in (200, 404)
    # The same as `tests/portal/test_logs.py` wants of the portal, or the two logs would name a request differently.
    given = reader.get(LIST, headers={"X-Request-ID": "a1b2c3d4e5f6-7"})
    assert given.headers["x-request-id"] == "a1b2c3d4e5f6-7"
    for odd in ("a" * 37, "a-phone-number", "A1B2C3D4E5F6"):
        made = reader.get(LIST, headers={"X-Request-ID": odd}).headers["x-request-id"]
        assert re.fullmatch("[0-9a-f]{32}", made)


def test_log_holds_no_address_cookie_query_or_key(production, reader):
    headers = {"Cookie": "name=secret", "User-Agent": "secret"}
    line = line_of(production, reader.get("/fi/confirm/a-secret-key/?words=secret", headers=headers))
    assert line["route"] == "/fi/confirm"
    assert "secret" not in json.dumps(line)
    assert "127.0.0.1" not in (production.proxy.folder / "access.log").read_text()


def test_what_is_for_those_who_run_it_is_not_for_everybody(reader):
    found = {path: reader.get(path).status_code for path in ("/metrics", "/health/ready", "/health/live")}
    assert found == {"/metrics": 404, "/health/ready": 404, "/health/live": 200}


def test_static_files_come_from_the_disk_compressed_and_for_ever(production, reader):
    address = re.search(r'/static/[^"]+\.css', reader.get("/fi/").text)[0]
    answer = reader.get(address)
    assert answer.headers["content-encoding"] == "gzip"
    assert "immutable" in answer.headers["cache-control"]
    assert line_of(production, answer)["web_status"] == ""


@pytest.mark.usefixtures("production_database")
def test_public_pages_outlive_the_web_and_what_was_withdrawn_does_not(production, reader):
    listing = factories.public_listing()
    address = listing.get_absolute_url()
    assert reader.get(address).status_code == 200
    withdraw_listing(listing, by=listing.organization.memberships.first().user)
    time.sleep(PROXY_KEEPS + 0.5)
    gone = reader.get(address)
    assert gone.status_code == 404, line_of(production, gone)
    assert reader.get(LIST).status_code == reader.get("/").status_code == 200
    with nobody_answers(production):
        time.sleep(PROXY_KEEPS + 0.5)
        assert reader.get(LIST).status_code == reader.get("/").status_code == 200
        assert reader.get(address).status_code == 404
        away = reader.get("/fi/account/login/")
        assert away.status_code in (502, 503, 504)
        assert "Palaamme pian" in away.text
        assert away.headers["retry-after"] == "30"
    assert reader.get("/fi/account/login/").status_code == 200


def test_process_that_dies_is_started_again_and_no_reader_sees_it(production, reader):
    process = production.processes["web-1"]
    died = process.pid
    production.kill("web-1")
    answers = Counter(reader.get(f"{LIST}?words=a{n}").status_code for n in range(30))
    assert answers == {200: 30}
    production.wait_for("web-1")
    assert process.pid != died


@pytest.mark.usefixtures("production_database")
def test_rolling_restart_fails_no_request(production):
    """Readers ask for pages that nobody keeps, an editor sends a form: each is answered as always."""
    ended = Event()
    editor = signed_in(production)
    settings = "/en/account/settings/"
    before = {name: process.pid for name, process in production.processes.items()}

    def ask(number: int) -> Counter[str]:
        answers: Counter[str] = Counter()
        with hurried(production) as client:
            while not ended.wait(PAUSE):
                answers[answer_of(lambda: client.get(f"{LIST}?words=w{number}x{answers.total()}"))] += 1
        return answers

    def send() -> Counter[str]:
        answers: Counter[str] = Counter()
        form = editor.get(settings)
        token = TOKEN.search(form.text)[1]
        while not ended.wait(PAUSE):
            sent = {"name": f"Aino {answers.total()}", "preferred_language": "en", "csrfmiddlewaretoken": token}
            post = lambda sent=sent: editor.post(settings, data=sent, headers={"Referer": str(form.url)})  # noqa: E731
            answers[answer_of(post)] += 1
        return answers

    with ThreadPoolExecutor(4) as people:
        asked = [people.submit(ask, number) for number in range(2)]
        sent = [people.submit(send) for _each in range(2)]
        try:
            production.rolling_restart("web")
        finally:
            ended.set()
    read = sum((one.result() for one in asked), Counter())
    written = sum((one.result() for one in sent), Counter())
    assert set(read) == {"200"}, read
    assert set(written) == {"302"}, written
    assert min(read.total(), written.total()) > 20
    assert all(production.processes[name].pid != before[name] for name in production.web)


def answer_of(ask: Callable[[], httpx.Response]) -> str:
    try:
        return str(ask().status_code)
    except httpx.HTTPError as error:
        return repr(error)


def line_of(production: Production, answer: httpx.Response) -> dict:
    """What the proxy has logged of a request; it writes when the answer has gone."""
    log, wanted = production.proxy.folder / "access.log", answer.headers["x-request-id"]
    limit = time.monotonic() + 5
    while time.monotonic() < limit:
        for line in log.read_text().splitlines():
            if json.loads(line)["request_id"] == wanted:
                return json.loads(line)
        time.sleep(0.05)
    raise AssertionError(f"{wanted} is not in the log")
