"""Keeping a published listing true: withdraw it, bring it back, confirm it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from listings import permissions
from listings.models import Listing
from listings.schedule import write_sessions
from listings.search.index import refresh_listing
from organizations.models import User
from portal.audit import record
from portal.refusals import AlreadyDecided, NotPermitted


class NotPublished(AlreadyDecided):
    """Readers have never seen the listing, or a moderator took it away."""

    message = _("It is not published. Finish it and send it.")


class Withdrawn(AlreadyDecided):
    """The organization has taken the listing away."""

    message = _("Readers do not see it any more. You can bring it back.")


class Over(AlreadyDecided):
    """No word of anybody's brings back a listing whose days have all been."""

    message = _("All days are over. Write the coming ones.")


def _locked(listing: Listing, by: User) -> Listing:
    if not permissions.can_edit_listing(by, listing):
        raise NotPermitted
    locked = Listing.objects.select_for_update().get(pk=listing.pk)
    if locked.published_version is None:
        raise NotPublished
    return locked


@transaction.atomic
def withdraw_listing(listing: Listing, *, by: User) -> Listing:
    """Take a published listing away from readers. Nothing is deleted."""
    listing = _locked(listing, by)
    if listing.withdrawn_at is not None:
        raise Withdrawn
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
    listing = _locked(listing, by)
    if listing.withdrawn_at is not None:
        raise Withdrawn
    if listing.last_session_on is not None and listing.last_session_on < timezone.localdate():
        raise Over
    listing = _confirm(listing)
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
