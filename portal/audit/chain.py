"""What is hashed, and how: pure functions over an event and the seal before it.

A seal covers an event in two digests. The public part (who by number, what, when) never changes. The personal part
(the name and the details) is hashed with the event's salt, and may be replaced when somebody's account is erased.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from portal.models import AuditEvent, AuditSeal

FIRST = "0" * 64


@dataclass(frozen=True)
class Head:
    """The last seal at some moment: with it, all that is before it is fixed. Written as `number:hash`."""

    number: int = 0
    hash: str = FIRST

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"

    @classmethod
    def read(cls, written: str) -> "Head":
        """`ValueError` when it is not a number, a colon and 64 hexadecimal digits."""
        number, _colon, value = written.strip().partition(":")
        if len(value) != len(FIRST) or set(value) - set("0123456789abcdef"):
            raise ValueError("A head looks like 1234: and 64 digits or letters from a to f.")
        return cls(int(number), value)


def _digest(value: Any) -> str:
    """The hash of a value in the one way in which it can be written as JSON."""
    return sha256(json.dumps(value, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def personal_digest(salt: str, label: str, details: dict[str, Any]) -> str:
    return _digest([salt, label, details])


def personal_of(event: AuditEvent) -> str:
    return personal_digest(event.salt, event.actor_label, event.details)


def content_of(event: AuditEvent) -> str:
    return _digest(
        [event.pk, _moment(event.at), event.actor_id, event.verb, event.noun, event.noun_id, event.organization_id]
    )


def hash_of(seal: AuditSeal, previous: str) -> str:
    """What binds a seal to all before it."""
    return _digest([previous, seal.number, _moment(seal.at), seal.event_id, seal.content, seal.personal])


def seal_of(event: AuditEvent, after: Head, at: datetime) -> AuditSeal:
    """The seal of an event, to follow the seal `after`. It is not saved."""
    seal = AuditSeal(
        number=after.number + 1, event_id=event.pk, content=content_of(event), personal=personal_of(event), at=at
    )
    seal.hash = hash_of(seal, after.hash)
    return seal


def present_head() -> Head:
    """The last seal there is."""
    last = AuditSeal.objects.order_by("-number").first()
    return Head(last.number, last.hash) if last is not None else Head()
