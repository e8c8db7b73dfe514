"""The trace of all actions, as operators and moderators search and read it."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _

from listings.activity_log import (
    Known,
    Part,
    fact_of,
    known_of,
    listing_of_event,
    parts_of,
    sentence_of,
    title_of_listing,
)
from listings.activity_sentences import OTHERWISE
from listings.models import Version
from moderation.audit.sentences import OTHERS
from moderation.models import Recheck
from organizations.models import Organization, User
from portal.models import AuditEvent

# Words are looked for in the data of so many events at most, the newest ones that fit all else: no index knows them.
LOOKED_THROUGH = 100_000
CHUNK = 500


def events_seen_by(user: User) -> QuerySet[AuditEvent]:
    """Operators see all; moderators what concerns organizations, not what people do with their accounts."""
    events = AuditEvent.objects.all()
    return events if user.is_staff else events.filter(organization_id__isnull=False)


def about_listing(events: QuerySet[AuditEvent], pk: int) -> QuerySet[AuditEvent]:
    versions = list(Version.objects.filter(listing_id=pk).order_by().values_list("pk", flat=True))
    rechecks = list(Recheck.objects.filter(listing_id=pk).order_by().values_list("pk", flat=True))
    return events.filter(
        Q(noun="listing", noun_id=pk)
        | Q(noun="version", noun_id__in=versions)
        | Q(noun="recheck", noun_id__in=rechecks)
    )


def with_words(events: QuerySet[AuditEvent], words: str) -> tuple[QuerySet[AuditEvent], bool]:
    """Those with all the words in their data, and whether there are older ones that nobody looked through.

    SQLite keeps letters beyond ASCII as escapes, so each word is looked for in both spellings.
    """
    edge = list(events.values_list("at", flat=True)[LOOKED_THROUGH : LOOKED_THROUGH + 1])
    if edge:
        events = events.filter(at__gt=edge[0])
    events = events.annotate(written=Cast("details", TextField()))
    for word in words.split():
        escaped = json.dumps(word)[1:-1]
        events = events.filter(Q(written__icontains=word) | Q(written__icontains=escaped))
    return events, bool(edge)


def page_after(events: QuerySet[AuditEvent], last: AuditEvent | None, size: int) -> tuple[list[AuditEvent], bool]:
    """The events that come after the last one shown, and whether there are more. Found by the index, not counted."""
    if last is not None:
        events = events.filter(at__lte=last.at).exclude(at=last.at, pk__gte=last.pk)
    found = list(events[: size + 1])
    return found[:size], len(found) > size


@dataclass(frozen=True)
class Told:
    """One event in words, with the way to what it was done to."""

    event: AuditEvent
    parts: list[Part]
    organization: Organization | None
    organization_url: str
    is_erased: bool

    @property
    def details(self) -> list[tuple[str, str]]:
        return [(name, _as_text(value)) for name, value in self.event.details.items()]

    def __str__(self) -> str:
        return "".join(one.words or one.name or str(one.title) for one in self.parts)


def _as_text(value: Any) -> str:
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


@dataclass(frozen=True)
class _Found:
    """What the events name, and whether the reader is a moderator, who can open it."""

    known: Known
    accounts: dict[int, User]
    organizations: dict[int, Organization]
    is_for_moderator: bool


def told(events: Sequence[AuditEvent], reader: User) -> list[Told]:
    """The events in words, in a constant number of queries."""
    organizations = Organization.objects.in_bulk({one.organization_id for one in events if one.organization_id})
    accounts = User.objects.in_bulk({one.noun_id for one in events if one.noun == "user"})
    found = _Found(known_of(events), accounts, organizations, reader.is_moderator)
    return [_told(event, found) for event in events]


def told_one_by_one(events: QuerySet[AuditEvent], reader: User) -> Iterator[Told]:
    """The same for many events, without all of them being in memory at once."""
    chunk: list[AuditEvent] = []
    for event in events.iterator(chunk_size=CHUNK):
        chunk.append(event)
        if len(chunk) == CHUNK:
            yield from told(chunk, reader)
            chunk = []
    yield from told(chunk, reader)


def _told(event: AuditEvent, found: _Found) -> Told:
    sentence = sentence_of(event) or OTHERS.get((event.verb, event.noun)) or OTHERWISE
    organization = found.organizations.get(event.organization_id or 0)
    can_be_opened = organization is not None and found.is_for_moderator
    actor = found.known.users.get(event.actor_id)
    return Told(
        event=event,
        parts=list(parts_of(sentence, partial(_filled, event=event, found=found))),
        organization=organization,
        organization_url=reverse("organization_decide", args=[event.organization_id]) if can_be_opened else "",
        is_erased=actor is not None and actor.erased_at is not None,
    )


def _filled(place: str, event: AuditEvent, found: _Found) -> Part:
    known = found.known
    if place == "who":
        return Part(name=_named(known.users.get(event.actor_id), event.actor_label))
    if place == "account":
        return Part(name=_named(found.accounts.get(event.noun_id), _("account %(number)s") % {"number": event.noun_id}))
    if place == "person":
        membership = known.people.get(event.noun_id)
        return Part(name=_named(membership.user if membership else None, _("Somebody who is no longer here")))
    if place == "title":
        return _title(event, found)
    return fact_of(place, event, known)


def _named(user: User | None, otherwise: str) -> str:
    if user is None:
        return otherwise
    if user.email == User.objects.SYSTEM_EMAIL:
        return _("The portal")
    return _("An erased account (%(number)s)") % {"number": user.pk} if user.erased_at is not None else str(user)


def _title(event: AuditEvent, found: _Found) -> Part:
    """A listing's title with the way to what a moderator sees of it, or to what readers see."""
    listing = listing_of_event(event, found.known)
    if listing is None:
        return Part(words=_("a listing that is no longer here"))
    url = ""
    if found.is_for_moderator:
        latest = max(listing.versions.all(), key=lambda one: one.number)
        url = reverse("version_decide", args=[event.noun_id if event.noun == "version" else latest.pk])
    elif listing.slug:
        url = listing.get_absolute_url()
    return Part(title=title_of_listing(listing), url=url)
