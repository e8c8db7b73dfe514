"""What has happened in an organization, read from the audit and told to its people."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from listings.activity_sentences import FIELDS, MEMBERS, MODERATORS, OTHER_FIELDS, OTHERWISE, UNTOLD
from listings.models import Listing, Version
from listings.presentation import title_of
from organizations.models import Membership, Organization, User
from portal import moments
from portal.models import AuditEvent
from portal.texts import Text

PLACE = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True)
class Part:
    """A piece of a sentence: plain words, a name, or a listing's title with the way there."""

    words: str = ""
    name: str = ""
    title: Text | None = None
    url: str = ""


@dataclass(frozen=True)
class Happening:
    """One sentence of the log."""

    at: datetime
    parts: list[Part]

    @property
    def day(self) -> date:
        return timezone.localdate(self.at)

    def __str__(self) -> str:
        return "".join(one.words or one.name or str(one.title) for one in self.parts)


@dataclass(frozen=True)
class _Known:
    """What the events of one page name, read once for all of them."""

    organization: Organization
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


def told_of(events: Sequence[AuditEvent], organization: Organization) -> list[Happening]:
    """The sentences, in a constant number of queries."""
    known = _known(events, organization)
    return [Happening(event.at, list(_parts(event, known))) for event in events]


def _ids(events: Iterable[AuditEvent], *nouns: str) -> set[int]:
    return {event.noun_id for event in events if event.noun in nouns}


def _known(events: Sequence[AuditEvent], organization: Organization) -> _Known:
    versions = dict(
        Version.objects.filter(pk__in=_ids(events, "version")).order_by().values_list("pk", "listing_id"),
    )
    listings = Listing.objects.select_related("organization").prefetch_related("versions")
    actors = {event.actor_id for event in events}
    members = Membership.objects.filter(organization=organization, user__in=actors).order_by()
    return _Known(
        organization=organization,
        users=User.objects.in_bulk(actors),
        member_ids=set(members.values_list("user_id", flat=True)),
        people=Membership.objects.select_related("user").in_bulk(_ids(events, "membership")),
        listings=listings.in_bulk({*_ids(events, "listing"), *versions.values()}),
        listing_of_version=versions,
        organizations=Organization.objects.in_bulk(_ids(events, "organization")),
    )


def _parts(event: AuditEvent, known: _Known) -> Iterable[Part]:
    """The sentence cut at its places, each place filled."""
    # Every second piece of the split is the name of a place.
    for number, piece in enumerate(PLACE.split(str(_sentence(event)))):
        if number % 2:
            yield _filled(piece, event, known)
        elif piece:
            yield Part(words=piece)


def _sentence(event: AuditEvent) -> object:
    key = (event.verb, event.noun)
    if event.verb == "submitted" and event.details.get("fields"):
        key = ("submitted_changes", event.noun)
    return MEMBERS.get(key) or MODERATORS.get(key) or OTHERWISE


def _filled(place: str, event: AuditEvent, known: _Known) -> Part:
    if place == "who":
        return Part(name=_who(event, known))
    if place == "person":
        membership = known.people.get(event.noun_id)
        return Part(name=_name(membership.user if membership else None))
    if place == "title":
        return _title(event, known)
    if place == "day":
        return Part(words=moments.full_date(date.fromisoformat(event.details["day"])))
    if place == "name":
        named = known.organizations.get(event.noun_id)
        return Part(name=str(event.details.get("name") or named or _("another organization")))
    return Part(words=", ".join(_changed(event.details.get("fields", []))))


def _who(event: AuditEvent, known: _Known) -> str:
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


def _title(event: AuditEvent, known: _Known) -> Part:
    pk = event.noun_id if event.noun == "listing" else known.listing_of_version.get(event.noun_id, 0)
    listing = known.listings.get(pk)
    if listing is None:
        return Part(words=_("a listing that is no longer here"))
    versions = sorted(listing.versions.all(), key=lambda one: -one.number)
    shown = next((one for one in versions if one.state == Version.State.PUBLISHED), versions[0])
    is_own = listing.organization_id == known.organization.pk
    can_be_opened = is_own and known.organization.state not in Organization.CLOSED_STATES
    return Part(title=title_of(shown), url=reverse("listing_manage", args=[pk]) if can_be_opened else "")


def _changed(fields: Iterable[str]) -> list[str]:
    """Groups of fields in words; fields that stand in none are other details."""
    changed = set(fields)
    told = [str(words) for words, group in FIELDS if changed.intersection(group)]
    in_words = {name for _words, group in FIELDS for name in group}
    return told if told and changed <= in_words else [*told, str(OTHER_FIELDS)]
