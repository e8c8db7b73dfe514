"""What has happened in an organization or with one of its listings, read from the audit and told to its people."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from listings.activity_sentences import (
    FIELDS,
    MEMBERS,
    MODERATORS,
    OTHER_FIELDS,
    OTHERWISE,
    OUTCOMES,
    TOLD_BY_MAIL,
    UNTOLD,
)
from listings.eligibility import RULES
from listings.models import Listing, Version
from listings.presentation import title_of
from organizations.models import Membership, Organization, User
from portal import moments
from portal.models import AuditEvent
from portal.texts import Text

PLACE = re.compile(r"%\((\w+)\)s")
# A decision is kept in the same transaction as its trace.
SAME_MOMENT = timedelta(minutes=1)


@dataclass(frozen=True)
class Part:
    """A piece of a sentence: plain words, a name, or a listing's title with the way there."""

    words: str = ""
    name: str = ""
    title: Text | None = None
    url: str = ""


@dataclass(frozen=True)
class Happening:
    """One sentence of the log; of a decision also its reasons and message, and whether its people had a mail."""

    at: datetime
    parts: list[Part]
    reasons: tuple[str, ...] = ()
    message: str = ""
    message_lang: str = ""
    is_told_by_mail: bool = False

    @property
    def day(self) -> date:
        return timezone.localdate(self.at)

    def __str__(self) -> str:
        return "".join(one.words or one.name or str(one.title) for one in self.parts)


@dataclass(frozen=True)
class Known:
    """What the events of one page name, read once for all of them. `organization` is whose people are told."""

    organization: Organization | None
    users: dict[int, User]
    member_ids: set[int]
    people: dict[int, Membership]
    listings: dict[int, Listing]
    listing_of_version: dict[int, int]
    organizations: dict[int, Organization]


def happenings(organization: Organization) -> QuerySet[AuditEvent]:
    """What is told of an organization, the newest first; of those that were joined to it, too."""
    merged = Organization.objects.filter(merged_into=organization).values("pk")
    return AuditEvent.objects.filter(
        Q(organization_id=organization.pk) | Q(organization_id__in=merged),
    ).exclude(verb__in=UNTOLD)


def happenings_of_listing(listing: Listing) -> QuerySet[AuditEvent]:
    """What is told of one listing and its versions, the newest first."""
    versions = Version.objects.filter(listing=listing).order_by().values("pk")
    return AuditEvent.objects.filter(
        Q(noun="listing", noun_id=listing.pk) | Q(noun="version", noun_id__in=versions),
    ).exclude(verb__in=UNTOLD)


def told_of(events: Sequence[AuditEvent], organization: Organization) -> list[Happening]:
    """The sentences, in a constant number of queries."""
    known = known_of(events, organization)
    return [Happening(event.at, _parts(event, known)) for event in events]


def told_of_listing(events: Sequence[AuditEvent], listing: Listing) -> list[Happening]:
    """The sentences about one listing, with what its people were told of each decision."""
    decided = _decisions_of(events)
    return [
        _with_decision(happening, event, decided)
        for event, happening in zip(events, told_of(events, listing.organization), strict=True)
    ]


def _decisions_of(events: Iterable[AuditEvent]) -> dict[tuple[int, str], list[Any]]:
    """The decisions on the versions of the events, by version and outcome."""
    versions = Version.objects.filter(pk__in=_ids(events, "version")).order_by().prefetch_related("decisions")
    found: dict[tuple[int, str], list[Any]] = {}
    for version in versions:
        for decision in version.decisions.all():
            found.setdefault((version.pk, decision.outcome), []).append(decision)
    return found


def _with_decision(happening: Happening, event: AuditEvent, decided: dict[tuple[int, str], list[Any]]) -> Happening:
    outcome = OUTCOMES.get((event.verb, event.noun), "")
    near = [one for one in decided.get((event.noun_id, outcome), []) if abs(one.at - event.at) < SAME_MOMENT]
    decision = min(near, key=lambda one: abs(one.at - event.at), default=None)
    # That all stays as it was is told only with a message.
    is_mailed = decision is not None and (outcome != "kept" or bool(decision.message))
    return replace(
        happening,
        reasons=tuple(str(RULES[code].title) for code in event.details.get("reasons", []) if code in RULES),
        message=decision.message if decision is not None else "",
        message_lang=decision.language if decision is not None else "",
        is_told_by_mail=is_mailed or (event.verb, event.noun) in TOLD_BY_MAIL,
    )


def _ids(events: Iterable[AuditEvent], *nouns: str) -> set[int]:
    return {event.noun_id for event in events if event.noun in nouns}


def known_of(events: Sequence[AuditEvent], organization: Organization | None = None) -> Known:
    """What the sentences of these events need, in a constant number of queries."""
    versions = dict(
        Version.objects.filter(pk__in=_ids(events, "version")).order_by().values_list("pk", "listing_id"),
    )
    listings = Listing.objects.select_related("organization").prefetch_related("versions")
    actors = {event.actor_id for event in events}
    members = Membership.objects.filter(organization=organization, user__in=actors).order_by()
    return Known(
        organization=organization,
        users=User.objects.in_bulk(actors),
        member_ids=set(members.values_list("user_id", flat=True)) if organization is not None else set(),
        people=Membership.objects.select_related("user").in_bulk(_ids(events, "membership")),
        listings=listings.in_bulk({*_ids(events, "listing"), *versions.values()}),
        listing_of_version=versions,
        organizations=Organization.objects.in_bulk(_ids(events, "organization")),
    )


def _parts(event: AuditEvent, known: Known) -> list[Part]:
    return list(parts_of(sentence_of(event) or OTHERWISE, partial(_filled, event=event, known=known)))


def parts_of(sentence: object, fill: Callable[[str], Part]) -> Iterable[Part]:
    """A sentence cut at its places, each place filled."""
    # Every second piece of the split is the name of a place.
    for number, piece in enumerate(PLACE.split(str(sentence))):
        if number % 2:
            yield fill(piece)
        elif piece:
            yield Part(words=piece)


def sentence_of(event: AuditEvent) -> object | None:
    """The sentence for what was done; None when it has none here."""
    key = (event.verb, event.noun)
    if event.verb == "submitted" and event.details.get("fields"):
        key = ("submitted_changes", event.noun)
    if event.verb == "published_unreviewed" and not event.details.get("fields"):
        key = ("published_new_unreviewed", event.noun)
    return MEMBERS.get(key) or MODERATORS.get(key)


def _filled(place: str, event: AuditEvent, known: Known) -> Part:
    if place == "who":
        return Part(name=_who(event, known))
    if place == "person":
        membership = known.people.get(event.noun_id)
        return Part(name=_name(membership.user if membership else None))
    if place == "title":
        return _title(event, known)
    return fact_of(place, event, known)


def fact_of(place: str, event: AuditEvent, known: Known) -> Part:
    """What stands in an event itself: a day, the name of another organization, what changed."""
    if place == "day":
        return Part(words=moments.full_date(date.fromisoformat(event.details["day"])))
    if place == "name":
        named = known.organizations.get(event.noun_id)
        return Part(name=str(event.details.get("name") or named or _("another organization")))
    return Part(words=", ".join(_changed(event.details.get("fields", []))))


def _who(event: AuditEvent, known: Known) -> str:
    """Members by name. Moderators are not named: they decide for the portal."""
    user = known.users.get(event.actor_id)
    if user is not None and user.email == User.objects.SYSTEM_EMAIL:
        return _("The portal")
    if (event.verb, event.noun) in MODERATORS:
        return _("A moderator")
    if user is None or user.erased_at is not None:
        return _name(None)
    return _name(user) if event.actor_id in known.member_ids else _("A moderator")


def _name(user: User | None) -> str:
    """What fellow members call a person; an address is not shown, and who has left no longer has a name."""
    if user is None or user.erased_at is not None:
        return _("Somebody who is no longer here")
    return user.name or _("Somebody without a name")


def listing_of_event(event: AuditEvent, known: Known) -> Listing | None:
    pk = event.noun_id if event.noun == "listing" else known.listing_of_version.get(event.noun_id, 0)
    return known.listings.get(pk)


def title_of_listing(listing: Listing) -> Text:
    """As readers see it, else as it was written last."""
    versions = sorted(listing.versions.all(), key=lambda one: -one.number)
    return title_of(next((one for one in versions if one.state == Version.State.PUBLISHED), versions[0]))


def _title(event: AuditEvent, known: Known) -> Part:
    listing, organization = listing_of_event(event, known), known.organization
    if listing is None:
        return Part(words=_("a listing that is no longer here"))
    is_own = organization is not None and listing.organization_id == organization.pk
    can_be_opened = is_own and organization is not None and organization.state not in Organization.CLOSED_STATES
    url = reverse("listing_manage", args=[listing.pk]) if can_be_opened else ""
    return Part(title=title_of_listing(listing), url=url)


def _changed(fields: Iterable[str]) -> list[str]:
    """Groups of fields in words; fields that stand in none are other details."""
    changed = set(fields)
    told = [str(words) for words, group in FIELDS if changed.intersection(group)]
    in_words = {name for _words, group in FIELDS for name in group}
    return told if told and changed <= in_words else [*told, str(OTHER_FIELDS)]
