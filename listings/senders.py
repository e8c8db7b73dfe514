"""Tells readers who have no account apart, without keeping who they are."""

from dataclasses import dataclass
from datetime import date
from ipaddress import IPv6Address, ip_address, ip_network

from django.utils.crypto import salted_hmac

# An IPv6 line has a whole network of addresses of its own.
IPV6_LINE = 64


@dataclass(frozen=True)
class Sender:
    """The marks of one network address: the same for what it says of one listing, and for what it says in one day."""

    here: str
    today: str


def _line(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ip_network((int(found), IPV6_LINE), strict=False))
    return str(found)


def sender_of(address: str, listing: int, day: date) -> Sender:
    """The address cannot be found from the marks without the key of the portal, and is stored nowhere."""
    line = _line(address)
    return Sender(
        here=salted_hmac("listings.senders.here", f"{line} {listing}", algorithm="sha256").hexdigest(),
        today=salted_hmac("listings.senders.today", f"{line} {day:%Y-%m-%d}", algorithm="sha256").hexdigest(),
    )
