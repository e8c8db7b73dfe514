"""Tells people who have no account apart, without keeping who they are."""

from datetime import date
from ipaddress import IPv6Address, ip_address, ip_network

from django.db import connection
from django.utils.crypto import salted_hmac

# An IPv6 line has a whole network of addresses of its own.
IPV6_LINE = 64


def line_of(address: str) -> str:
    """The line behind a network address."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ip_network((int(found), IPV6_LINE), strict=False))
    return str(found)


def todays_mark(address: str, day: date, *, salt: str) -> str:
    """The same for all that a line sends in one day. The address cannot be found from it without the portal's key."""
    return salted_hmac(salt, f"{line_of(address)} {day:%Y-%m-%d}", algorithm="sha256").hexdigest()


def take_turns(mark: str) -> None:
    """Who has the same mark waits here until this transaction is over, so that what is counted cannot be passed by two.

    SQLite has one writer at a time anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [mark])
