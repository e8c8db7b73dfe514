"""The link at the foot of a mail that stops mails of its kind, without signing in.

Its key is signed, names one account and one kind, and can do nothing else. It never grows old: an old mail must be
possible to unsubscribe from, too.
"""

from dataclasses import dataclass

from django.core import signing

from portal.mail.kinds import KINDS

SALT = "portal.unsubscribing"


@dataclass(frozen=True)
class Unsubscription:
    """`person` is the number of the account."""

    person: int
    kind: str

    @property
    def key(self) -> str:
        return signing.dumps([self.person, self.kind], salt=SALT)


def unsubscription_with(key: str) -> Unsubscription | None:
    """What a key says; None when it is not one of ours, or its kind is gone or no longer left to choice."""
    try:
        person, kind = signing.loads(key, salt=SALT)
    except signing.BadSignature:
        return None
    if kind not in KINDS or KINDS[kind].is_necessary:
        return None
    return Unsubscription(person, kind)
