"""Calls to addresses that people typed. Nobody reaches through the portal what only the portal can reach.

A name is resolved once, each address it has is judged, and the connection goes to an address that was judged; so it is
at every redirect. There is a limit to everything: redirects, bytes, the time from the first question to the last byte.
"""

import asyncio
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address

import httpx
from django.conf import settings

Address = IPv4Address | IPv6Address
# Whether an address may be asked at a port.
MayAsk = Callable[[Address, int], bool]

CONNECT_SECONDS, READ_SECONDS, ALL_SECONDS = 5.0, 8.0, 20.0
MOST_REDIRECTS = 5
PORTS = {"http": 80, "https": 443}
MOVED = (301, 302, 303, 307, 308)


@dataclass(frozen=True)
class Answer:
    """What came back from the last address on the way. `content` ends where the limit is."""

    url: str
    status: int
    content: bytes = b""


class NoAnswer(Exception):
    """Nothing came back that could be read."""


class NotAsked(NoAnswer):
    """The address is not one that the portal asks."""


class NoSuchName(NoAnswer):
    """The name has no address."""


class Untrusted(NoAnswer):
    """Somebody is there, but their certificate is not good."""


class TooManyRedirects(NoAnswer):
    """The way does not end."""


def is_public(address: Address) -> bool:
    """Whether everybody can reach the address, whichever way it is written."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        # Ways into IPv4 networks; whoever is public has an address of their own.
        if address.sixtofour is not None or address.teredo is not None or address.is_site_local:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def is_open(address: Address, port: int) -> bool:
    """The rule for all but tests: public addresses, at the ports of the web."""
    return port in PORTS.values() and is_public(address)


def fetch(url: str, *, method: str = "GET", most_bytes: int = 0, may_ask: MayAsk = is_open) -> Answer:
    """Ask for a page; `NoAnswer` when there is none, or none that may be asked. Any status is an answer."""
    return asyncio.run(_in_time(url, method, most_bytes, may_ask))


async def _in_time(url: str, method: str, most_bytes: int, may_ask: MayAsk) -> Answer:
    timeout = httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS)
    headers = {"User-Agent": f"PortalLinkCheck/1.0 (+{settings.SITE_URL})", "Accept-Encoding": "identity"}
    try:
        async with asyncio.timeout(ALL_SECONDS):
            # The settings of the machine may name a proxy, which would resolve the name once more.
            async with httpx.AsyncClient(timeout=timeout, headers=headers, trust_env=False) as client:
                return await _follow(client, httpx.URL(url), method, most_bytes, may_ask)
    except TimeoutError as error:
        raise NoAnswer("it takes too long") from error
    except (httpx.InvalidURL, UnicodeError) as error:
        raise NotAsked("the address cannot be read") from error
    except httpx.HTTPError as error:
        if _is_about_certificate(error):
            raise Untrusted(str(error)) from error
        raise NoAnswer(str(error) or type(error).__name__) from error


async def _follow(client: httpx.AsyncClient, url: httpx.URL, method: str, most_bytes: int, may_ask: MayAsk) -> Answer:
    for _step in range(MOST_REDIRECTS + 1):
        response, content = await _ask(client, url, method, most_bytes, may_ask)
        location = response.headers.get("location", "")
        if response.status_code not in MOVED or not location:
            return Answer(str(url), response.status_code, content)
        url = url.join(location)
    raise TooManyRedirects(str(url))


async def _ask(
    client: httpx.AsyncClient, url: httpx.URL, method: str, most_bytes: int, may_ask: MayAsk
) -> tuple[httpx.Response, bytes]:
    """One question to one address, with the name in the places where the server and its certificate look for it."""
    addresses = await _addresses(url, may_ask)
    request = client.build_request(
        method,
        url.copy_with(host=str(addresses[0]), username=None, password=None),
        headers={"Host": url.netloc.decode("ascii")},
        extensions={"sni_hostname": url.raw_host.decode("ascii")},
    )
    response = await client.send(request, stream=True, follow_redirects=False)
    content = b""
    try:
        if most_bytes:
            async for part in response.aiter_raw():
                content += part
                if len(content) >= most_bytes:
                    break
    finally:
        await response.aclose()
    return response, content[:most_bytes]


async def _addresses(url: httpx.URL, may_ask: MayAsk) -> list[Address]:
    """The addresses of a name, all of which may be asked. Those of IPv4 come first: more machines have a way there."""
    if url.scheme not in PORTS or not url.host:
        raise NotAsked(f"{url.scheme or 'no scheme'}: only http and https")
    port = url.port or PORTS[url.scheme]
    loop = asyncio.get_running_loop()
    try:
        rows = await loop.getaddrinfo(url.raw_host.decode("ascii"), port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise NoSuchName(url.host) from error
    found = [ip_address(row[4][0]) for row in rows]
    if not found or not all(may_ask(address, port) for address in found):
        raise NotAsked(f"{url.host} is not a public address of the web")
    return sorted(found, key=lambda address: address.version)


def _is_about_certificate(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False
