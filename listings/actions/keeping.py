"""Keeping a published listing true: withdraw it, bring it back, confirm it."""

from django.db import transaction
from django.utils import timezone

from listings import permissions
from listings.actions.reporting import settle_as_current, settle_as_gone
from listings.confirming import ConfirmationLink, check
from listings.models import Listing
from listings.refusals import NotPublished, Over, Withdrawn
from listings.schedule import write_sessions
from listings.search.index import refresh_listing
from organizations.models import User
from portal.audit import record
from portal.refusals import AlreadyDecided, NotPermitted


def locked_published(listing: Listing, by: User) -> Listing:
    """The listing under a row lock, for those who may keep it; `NotPublished` when readers have never seen it."""
    if not permissions.can_edit_listing(by, listing):
        raise NotPermitted
    locked = Listing.objects.select_for_update().get(pk=listing.pk)
    if locked.published_version is None:
        raise NotPublished
    return locked


@transaction.atomic
def withdraw_listing(listing: Listing, *, by: User) -> Listing:
    """Take a published listing away from readers. Nothing is deleted."""
    listing = locked_published(listing, by)
    if listing.withdrawn_at is not None:
        raise Withdrawn
    listing.withdrawn_at = timezone.now()
    listing.save(update_fields=["withdrawn_at"])
    settle_as_gone(listing, by=by)
    refresh_listing(listing)
    record("withdrew", listing, by=by, organization_id=listing.organization_id)
    return listing


@transaction.atomic
def restore_listing(listing: Listing, *, by: User) -> Listing:
    """Bring a withdrawn listing back; who brings it back says that its details are right."""
    listing = locked_published(listing, by)
    if listing.withdrawn_at is None:
        raise AlreadyDecided
    listing.withdrawn_at = None
    listing.save(update_fields=["withdrawn_at"])
    record("restored", listing, by=by, organization_id=listing.organization_id)
    return _confirm(listing, by, is_news=True)


@transaction.atomic
def confirm_listing(listing: Listing, *, by: User) -> Listing:
    """Say that the details are right; the listing stays for another period."""
    listing = locked_published(listing, by)
    if listing.withdrawn_at is not None:
        raise Withdrawn
    if listing.last_session_on is not None and listing.last_session_on < timezone.localdate():
        raise Over
    listing = _confirm(listing, by)
    record("confirmed", listing, by=by, organization_id=listing.organization_id)
    return listing


@transaction.atomic
def confirm_listing_by_link(link: ConfirmationLink) -> Listing:
    """The same by the link in a mail. Nobody has signed in: the link says who confirms."""
    listing = Listing.objects.select_for_update().get(pk=link.listing.pk)
    check(link, listing)
    listing = _confirm(listing, link.recipient)
    record("confirmed", listing, by=link.recipient, organization_id=listing.organization_id, by_link=True)
    return listing


def _confirm(listing: Listing, by: User, *, is_news: bool = False) -> Listing:
    """`is_news` says that readers see something new of it even when it was confirmed today already."""
    today = timezone.localdate()
    is_news = is_news or listing.confirmed_on != today
    listing.confirmed_on = today
    listing.reminders = 0
    listing.save(update_fields=["confirmed_on", "reminders"])
    write_sessions(listing, listing.published_version)
    settle_as_current(listing, by=by)
    if is_news:  # a second click says the same again
        refresh_listing(listing)
    return listing
