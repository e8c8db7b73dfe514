"""Gives each event its seal, in the order in which the events become visible.

No action waits for it: events are sealed afterwards, by one process at a time. An event that commits late, when later
ones have their seals already, is sealed at the next run: what counts is that it has none, not its number.
"""

from collections.abc import Callable
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils import timezone

from portal.audit.chain import Head, present_head, seal_of
from portal.models import AuditEvent, AuditSeal

EVENTS_AT_ONCE = 1000
# How far below the highest sealed number the run of every minute looks for late ones; that of every day looks at all.
LOOKED_BACK = 50_000
# An event without a seal for so long means that nobody seals.
SEALED_WITHIN = timedelta(hours=1)
# Any number that nothing else of the portal locks.
LOCK = 5_201_409_771


def unsealed(*, above: int = 0) -> QuerySet[AuditEvent]:
    """Events without a seal whose number is higher than `above`, by number."""
    seals = AuditSeal.objects.filter(event_id=OuterRef("pk"))
    return AuditEvent.objects.filter(~Exists(seals), pk__gt=above).order_by("pk")


def _is_mine() -> bool:
    """Whether this process may seal until the end of its transaction. On SQLite each writer is alone anyway."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


@transaction.atomic
def _seal_some(above: int) -> list[AuditSeal]:
    if not _is_mine():
        return []
    head, now, seals = present_head(), timezone.now(), []
    for event in unsealed(above=above)[:EVENTS_AT_ONCE]:
        seal = seal_of(event, head, now)
        head = Head(seal.number, seal.hash)
        seals.append(seal)
    return AuditSeal.objects.bulk_create(seals)


def seal_events(*, all_of_them: bool = False, progress: Callable[[int], object] = lambda done: None) -> Head:
    """Seal what has no seal; return the head. Looks at recent events only, unless `all_of_them` are wanted."""
    highest = AuditSeal.objects.aggregate(highest=Max("event_id"))["highest"] or 0
    above = 0 if all_of_them else max(highest - LOOKED_BACK, 0)
    while seals := _seal_some(above):
        progress(len(seals))
        above = seals[-1].event_id
    return present_head()
