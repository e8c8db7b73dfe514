"""Nobody reaches through the portal what only the portal can reach."""

from ipaddress import ip_address

import pytest

from portal import outgoing
from tests.web import web_server

pytestmark = pytest.mark.filterwarnings("error")


def everything(address, port):
    return True


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),  # noqa: S104
        *("224.0.0.1", "240.0.0.1", "255.255.255.255", "198.18.0.1", "192.0.2.1"),
        *("::1", "::", "fe80::1", "fc00::1", "fec0::1", "ff02::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"),
    ],
)
def test_address_inside_is_not_public(address):
    assert not outgoing.is_public(ip_address(address))


def test_public_addresses_are_asked_at_the_ports_of_the_web_alone():
    for address in ("193.166.3.2", "2001:708:10:8::2", "::ffff:193.166.3.2"):
        assert outgoing.is_open(ip_address(address), 443)
        assert outgoing.is_open(ip_address(address), 80)
        assert not outgoing.is_open(ip_address(address), 22)


@pytest.mark.parametrize(
    "url",
    [
        *("ftp://example.org/", "file:///etc/passwd", "gopher://127.0.0.1/", "//example.org", "", "http://", "x"),
        *("http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://2130706433/", "http://0x7f.1/"),
        *("http://[::ffff:127.0.0.1]/", "http://127.0.0.1:22/", "http://a b/", "http://\x00/", "http://[::1/"),
    ],
)
def test_what_is_not_a_public_page_is_not_asked(url):
    with pytest.raises((outgoing.NotAsked, outgoing.NoSuchName)):
        outgoing.fetch(url)


def test_page_is_fetched_under_its_name_without_what_is_too_long():
    with web_server({"/": (200, {}, b"x" * 5000)}) as web:
        answer = outgoing.fetch(f"http://localhost:{web.port}/", most_bytes=100, may_ask=everything)
    assert (answer.status, len(answer.content)) == (200, 100)
    assert web.asked == [("GET", "/", f"localhost:{web.port}")]


def test_redirect_is_followed_as_long_as_it_may_be_asked():
    with web_server({"/a": (302, {"Location": "/b"}, b""), "/b": (200, {}, b"ok")}) as web:
        assert outgoing.fetch(f"http://127.0.0.1:{web.port}/a", may_ask=everything).url.endswith("/b")
    ports = []

    def the_first_alone(address, port):
        ports.append(port)
        return len(ports) == 1

    with web_server({"/inside": (200, {}, b"secret")}) as inside:
        away = {"/": (302, {"Location": f"http://127.0.0.1:{inside.port}/inside"}, b"")}
        with web_server(away) as web, pytest.raises(outgoing.NotAsked):
            outgoing.fetch(f"http://127.0.0.1:{web.port}/", may_ask=the_first_alone)
    assert ports == [web.port, inside.port]
    assert inside.asked == []


def test_way_without_an_end_is_left():
    with web_server({"/": (302, {"Location": "/"}, b"")}) as web, pytest.raises(outgoing.TooManyRedirects):
        outgoing.fetch(f"http://127.0.0.1:{web.port}/", may_ask=everything)
    assert len(web.asked) == outgoing.MOST_REDIRECTS + 1


def test_name_is_resolved_once_and_the_judged_address_is_asked(monkeypatch):
    """A name that answers otherwise the second time does not lead inside."""
    with web_server({"/": (200, {}, b"")}) as web:
        rows = [(2, 1, 6, "", ("127.0.0.1", web.port))]
        asked = []

        async def getaddrinfo(self, host, *args, **kwargs):
            asked.append(host)
            return rows

        monkeypatch.setattr("asyncio.base_events.BaseEventLoop.getaddrinfo", getaddrinfo)
        assert outgoing.fetch(f"http://kahvila.test:{web.port}/", may_ask=everything).status == 200
    assert asked[0] == "kahvila.test"
    assert set(asked[1:]) <= {"127.0.0.1"}
    assert web.asked[0][2] == f"kahvila.test:{web.port}"


def test_slow_answer_ends_in_time(monkeypatch):
    monkeypatch.setattr(outgoing, "ALL_SECONDS", 0.3)
    with web_server({"/": (200, {}, b"")}, drips=True) as web, pytest.raises(outgoing.NoAnswer):
        outgoing.fetch(f"http://127.0.0.1:{web.port}/", may_ask=everything)
