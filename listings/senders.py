"""Tells readers who have no account apart, without keeping who they are."""

from dataclasses import dataclass
from datetime import date

from django.utils.crypto import salted_hmac

from portal.senders import line_of, todays_mark


@dataclass(frozen=True)
class Sender:
    """The marks of one network address: the same for what it says of one listing, and for what it says in one day."""

    here: str
    today: str


def sender_of(address: str, listing: int, day: date) -> Sender:
    """The address cannot be found from the marks without the key of the portal, and is stored nowhere."""
    return Sender(
        here=salted_hmac("listings.senders.here", f"{line_of(address)} {listing}", algorithm="sha256").hexdigest(),
        today=todays_mark(address, day, salt="listings.senders.today"),
    )
