"""Keeping a published listing true: withdraw it, bring it back, confirm it."""

from django.db import transaction
from django.utils import timezone

from listings import permissions
from listings.models import Listing
from listings.schedule import write_sessions
from listings.search.index import refresh_listing
from organizations.models import User
from portal.audit import record
from portal.refusals import AlreadyDecided, NotPermitted


def _locked(listing: Listing, by: User) -> Listing:
    if not permissions.can_edit_listing(by, listing):
        raise NotPermitted
    locked = Listing.objects.select_for_update().get(pk=listing.pk)
    if locked.published_version is None:
        raise AlreadyDecided
    return locked


@transaction.atomic
def withdraw_listing(listing: Listing, *, by: User) -> Listing:
    """Take a published listing away from readers. Nothing is deleted."""
    listing = _locked(listing, by)
    if listing.withdrawn_at is not None:
        raise AlreadyDecided
    listing.withdrawn_at = timezone.now()
    listing.save(update_fields=["withdrawn_at"])
    refresh_listing(listing)
    record("withdrew", listing, by=by, organization_id=listing.organization_id)
    return listing


@transaction.atomic
def restore_listing(listing: Listing, *, by: User) -> Listing:
    """Bring a withdrawn listing back; who brings it back says that its details are right."""
    listing = _locked(listing, by)
    if listing.withdrawn_at is None:
        raise AlreadyDecided
    listing.withdrawn_at = None
    listing.save(update_fields=["withdrawn_at"])
    refresh_listing(listing)
    record("restored", listing, by=by, organization_id=listing.organization_id)
    return _confirm(listing)


@transaction.atomic
def confirm_listing(listing: Listing, *, by: User) -> Listing:
    """Say that the details are right; the listing stays for another period."""
    listing = _confirm(_locked(listing, by))
    record("confirmed", listing, by=by, organization_id=listing.organization_id)
    return listing


def _confirm(listing: Listing) -> Listing:
    today = timezone.localdate()
    is_news = listing.confirmed_on != today
    listing.confirmed_on = today
    listing.save(update_fields=["confirmed_on"])
    write_sessions(listing, listing.published_version)
    if is_news:  # a second click says the same again
        refresh_listing(listing)
    return listing
