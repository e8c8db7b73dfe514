"""Listings as an Atom feed (RFC 4287), through Django's own writer: an entry for each listing, newest first."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from listings.models import Session, Version
from listings.presentation import card_of, reader_language, schedule_label, title_of
from portal import moments

from .following import Followed, cancelled_sessions, host, organization_path, plain, whole

MOST_ENTRIES = 100
# A tag (RFC 4151) names a year in which the portal held its name. It never changes: an entry is known again by it.
TAG_YEAR = 2026


class AtomFeed(Atom1Feed):
    """Django's, but each entry says its language, and a feed without entries does not look new all the time."""

    def item_attributes(self, item: dict[str, Any]) -> dict[str, Any]:
        return {**super().item_attributes(item), "xml:lang": item["lang"]}

    def latest_post_date(self) -> datetime:
        if self.items:
            return super().latest_post_date()
        return timezone.make_aware(datetime.combine(timezone.localdate(), time()))


def entry_id(version: Version, more: str = "") -> str:
    """The same for every version and language of a listing."""
    return f"tag:{host()},{TAG_YEAR}:listing/{version.listing_id}{more}"


def atom_of(followed: Followed, versions: Sequence[Version], *, with_cancellations: bool = False) -> str:
    """The feed as text. With cancellations it has an entry for each coming meeting that will not be held, too."""
    feed = AtomFeed(
        title=followed.title,
        link=whole(followed.page_path),
        description=None,
        language=reader_language(),
        feed_url=whole(followed.feed_path),
        feed_guid=whole(followed.feed_path),
        author_name=settings.SITE_NAME,
    )
    for version in versions:
        _add_listing(feed, version)
    if with_cancellations:
        today = timezone.localdate()
        cancelled = cancelled_sessions(versions)
        for version in versions:
            _add_cancellations(feed, version, [one for one in cancelled.get(version.listing_id, []) if one.on >= today])
    return feed.writeString("utf-8")


def _about(version: Version) -> dict[str, Any]:
    """What every entry about a listing says."""
    organization = version.listing.organization
    return {
        "link": whole(version.listing.get_absolute_url()),
        "author_name": plain(organization),
        "author_link": whole(organization_path(organization)),
        "lang": title_of(version).lang,
    }


def _add_listing(feed: AtomFeed, version: Version) -> None:
    content = {"card": card_of(version), "schedule": schedule_label(version)}
    feed.add_item(
        title=plain(title_of(version)),
        description=plain(render_to_string("listings/_feed_entry.html", content)),
        unique_id=entry_id(version),
        pubdate=version.listing.published_at,
        updateddate=version.changed_at,
        categories=[plain(row.form) for row in version.form_rows.all()],
        **_about(version),
    )


def _add_cancellations(feed: AtomFeed, version: Version, sessions: Sequence[Session]) -> None:
    for session in sessions:
        when = f"{moments.weekday_short(session.on)} {moments.day_and_month(session.on)}"
        words = _("Cancelled: %(what)s") % {"what": f"{title_of(version)}, {when}"}
        feed.add_item(
            title=plain(words),
            description="",
            unique_id=entry_id(version, f"/cancelled/{session.on:%Y-%m-%d}"),
            pubdate=session.cancelled_at,
            updateddate=session.cancelled_at,
            **_about(version),
        )
