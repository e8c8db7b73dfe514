"""Looks at the whole chain and says in plain words what does not hold.

Reads the seals in order, some thousand with their events at a time. What is kept in memory grows only with the number
of events from which names were taken out, by some hundred bytes for each.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.db.models import Max
from django.utils import timezone

from portal.audit.chain import Head, content_of, hash_of, personal_of
from portal.audit.redacting import TOOK_OUT
from portal.audit.sealing import SEALED_WITHIN, unsealed
from portal.models import AuditEvent, AuditSeal

SEALS_AT_ONCE = 2000
# After one of these, names of the account may be taken out.
ENDS_OF_ACCOUNTS = ("erased", "forgot_unverified")
# An event that comes into the chain behind later ones was in a transaction for so long at most.
LONGEST_TRANSACTION = timedelta(hours=1)


class Redactions:
    """The events from which names were taken out, each with the digest of its personal part since then."""

    def __init__(self) -> None:
        self.of: dict[int, bytes] = {}
        self.without_reason: list[int] = []
        self._last = 0
        self.read()

    def read(self) -> None:
        """Read what is new; some again, as they may have become visible later."""
        found = AuditEvent.objects.filter(verb=TOOK_OUT, pk__gt=self._last - SEALS_AT_ONCE).order_by("pk")
        for event in found.iterator():
            ended = AuditEvent.objects.filter(
                noun=event.noun, noun_id=event.noun_id, verb__in=ENDS_OF_ACCOUNTS, pk__lt=event.pk
            )
            if event.pk > self._last and not ended.exists():
                self.without_reason.append(event.pk)
            self.of.update((pk, bytes.fromhex(digest)) for pk, digest in event.details["events"])
            self._last = max(self._last, event.pk)


class Check:
    """One look at the chain, from the beginning or after the seal `since`. `head` is how far it has come."""

    def __init__(self, since: Head | None = None, progress: Callable[[int], object] = lambda done: None) -> None:
        self.head = since or Head()
        self.progress = progress
        self.redactions = Redactions()
        # The highest number of an event so far, and when that one was done.
        self._highest = 0
        self._latest: datetime | None = None

    def problems(self, known: Head | None = None) -> Iterator[str]:
        """Yield what does not hold. `known` is a head that was published, which the chain must still have."""
        yield from self._heads(known)
        before = AuditSeal.objects.filter(number__lte=self.head.number).aggregate(highest=Max("event_id"))
        self._highest = before["highest"] or 0
        self._latest = AuditEvent.objects.filter(pk=self._highest).values_list("at", flat=True).first()
        for seals in self._parts():
            events = AuditEvent.objects.in_bulk([seal.event_id for seal in seals])
            for seal in seals:
                yield from self._link(seal)
                yield from self._event(seal, events.get(seal.event_id))
            self.progress(len(seals))
        for pk in self.redactions.without_reason:
            yield f"Event {pk} takes names out of the audit, but no erasure of that account stands before it."
        yield from self._unsealed()

    def _parts(self) -> Iterator[list[AuditSeal]]:
        rows = AuditSeal.objects.order_by("number")
        while seals := list(rows.filter(number__gt=self.head.number)[:SEALS_AT_ONCE]):
            yield seals

    def _heads(self, known: Head | None) -> Iterator[str]:
        for head in {head for head in (known, self.head) if head is not None and head.number}:
            seal = AuditSeal.objects.filter(number=head.number).first()
            if seal is None:
                yield f"Seal {head.number} was published and is gone: the end of the audit was cut off."
            elif seal.hash != head.hash:
                yield f"Seal {head.number} is not the one that was published: the audit was written anew."

    def _link(self, seal: AuditSeal) -> Iterator[str]:
        """Whether a seal follows from the one before it."""
        if seal.number != self.head.number + 1:
            yield f"Seals are gone: the one after number {self.head.number} is number {seal.number}."
        elif seal.hash != hash_of(seal, self.head.hash):
            yield f"Seal {seal.number} does not follow from seal {seal.number - 1}: one of the two was changed."
        self.head = Head(seal.number, seal.hash)

    def _event(self, seal: AuditSeal, event: AuditEvent | None) -> Iterator[str]:
        """Whether the event is there as it was sealed."""
        name = f"Event {seal.event_id} (seal {seal.number})"
        if event is None:
            yield f"{name} is gone."
            return
        if content_of(event) != seal.content:
            yield f"{name} was changed: it is not who did what, to what and when, as it was sealed."
        if not self._is_personal_part_right(seal, event):
            yield f"{name} was changed: its name or its details are others, and no erasure says so."
        if event.pk < self._highest and seal.at - event.at > LONGEST_TRANSACTION:
            yield f"{name} came in late: it says {event.at:%Y-%m-%d %H:%M}, sealed {seal.at:%Y-%m-%d %H:%M}."
        elif event.pk > self._highest:
            if self._latest is not None and self._latest - event.at > LONGEST_TRANSACTION:
                yield f"{name} is dated back: it says {event.at:%Y-%m-%d %H:%M}, the one before it is later."
            self._highest, self._latest = event.pk, event.at

    def _is_personal_part_right(self, seal: AuditSeal, event: AuditEvent) -> bool:
        if self._is_as_it_should_be(seal, event):
            return True
        # Somebody may be erased while this runs.
        self.redactions.read()
        fresh = AuditEvent.objects.filter(pk=event.pk).first()
        return fresh is not None and self._is_as_it_should_be(seal, fresh)

    def _is_as_it_should_be(self, seal: AuditSeal, event: AuditEvent) -> bool:
        return bytes.fromhex(personal_of(event)) == self.redactions.of.get(event.pk, bytes.fromhex(seal.personal))

    def _unsealed(self) -> Iterator[str]:
        """Events that nobody has sealed; before the first seal there is nothing to say about them."""
        if not AuditSeal.objects.exists():
            return
        long_ago = timezone.now() - SEALED_WITHIN
        old = unsealed().filter(at__lt=long_ago)
        first = old.first()
        if first is not None:
            yield (
                f"Event {first.pk} of {first.at:%Y-%m-%d %H:%M} has no seal, nor have {old.count() - 1} others. It was"
                " put in past the portal, or beat does not run. Look at it, then run seal_audit."
            )
