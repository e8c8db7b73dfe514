"""What people follow with a program of their own: a search, an organization, a listing, with its addresses."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from listings import browsing
from listings.forms.filters import ListingFilter
from listings.models import Listing, Session, Version
from listings.presentation import for_cards, title_of
from organizations.models import Organization

# XML and iCalendar have no way to write these; texts that were pasted or imported may hold them.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


@dataclass(frozen=True)
class Followed:
    """`page_path` shows to people what the feed and the calendar tell to programs."""

    title: str
    page_path: str
    feed_path: str
    calendar_path: str


def search_followed(filters: ListingFilter, heading: str) -> Followed:
    """A search under the heading of its page, its filters in one order. How its results are ordered does not matter."""
    name = "listing_list" if filters.section == Listing.ACTIVITY else "professional_list"
    chosen = browsing.without_order(filters.chosen())
    return Followed(
        _titled(heading),
        browsing.address(reverse(name), chosen),
        browsing.address(reverse(f"{name}_feed"), chosen),
        browsing.address(reverse(f"{name}_calendar"), chosen),
    )


def organization_followed(organization: Organization) -> Followed:
    return Followed(
        _titled(str(organization)),
        organization_path(organization),
        reverse("organization_feed", args=[organization.slug]),
        reverse("organization_calendar", args=[organization.slug]),
    )


def listing_followed(version: Version) -> Followed:
    return Followed(
        _titled(str(title_of(version))),
        version.listing.get_absolute_url(),
        reverse("listing_feed", args=[version.listing.slug]),
        reverse("listing_calendar", args=[version.listing.slug]),
    )


def organization_path(organization: Organization) -> str:
    return reverse("organization_detail", args=[organization.slug])


def public_versions(ids: Sequence[int]) -> list[Version]:
    """The public versions of these listings, in this order."""
    rows = {row.listing_id: row for row in for_cards(Version.objects.public().filter(listing__in=ids))} if ids else {}
    return [rows[pk] for pk in ids if pk in rows]


def cancelled_sessions(versions: Sequence[Version]) -> dict[int, list[Session]]:
    """The cancelled meetings by listing, in the order of their days."""
    found: dict[int, list[Session]] = {}
    listings = [version.listing_id for version in versions]
    for session in Session.objects.filter(listing__in=listings, cancelled_at__isnull=False).order_by("on"):
        found.setdefault(session.listing_id, []).append(session)
    return found


def whole(path: str) -> str:
    """The address of a path as people type it."""
    return settings.SITE_URL + path


def host() -> str:
    """The name under which the portal stands in the world; part of every stable identifier."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def plain(text: object) -> str:
    """A text without the characters that no feed can hold."""
    return _CONTROLS.sub("", str(text))


def _titled(words: str) -> str:
    return f"{plain(words)} – {settings.SITE_NAME}"
