"""How a version becomes what readers see. Called by the actions that may do so, inside their transaction."""

from django.utils import timezone
from django.utils.text import slugify

from listings.links import forget_changed_links
from listings.models import Listing, Version
from listings.schedule import write_sessions
from listings.search.index import refresh_listing
from listings.states import move


def make_slug(version: Version) -> str:
    """The end of its public address: the first title that has Latin letters, and the listing's number."""
    slugs = (slugify(title)[:90].strip("-") for title in version.texts("title").values())
    return f"{next(filter(None, slugs), 'listing')}-{version.listing_id}"


def make_public(version: Version) -> None:
    """Publish a submitted version in the place of the one before, with its sessions and its row in the search."""
    listing = Listing.objects.select_for_update().get(pk=version.listing_id)
    before = listing.published_version
    if before is not None:
        move(before, "supersede")
    move(version, "publish")
    now = timezone.now()
    listing.slug = listing.slug or make_slug(version)
    listing.published_at = listing.published_at or now
    listing.confirmed_on = timezone.localdate(now)
    listing.reminders = 0
    listing.withdrawn_at = None  # who sends a withdrawn listing again wants it back
    listing.save(update_fields=["slug", "published_at", "confirmed_on", "reminders", "withdrawn_at"])
    version.listing = listing
    write_sessions(listing, version)
    forget_changed_links(version)
    refresh_listing(listing)
