"""The link in a mail that confirms a listing without signing in: what it says, and whether it still holds.

Its key is signed, and says which listing in which version, confirmed last on which day, and to whom it was sent. It can
do nothing else, and it is worth nothing once the listing has been confirmed or changed.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.core import signing
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from listings import permissions
from listings.models import Listing, Version
from listings.refusals import NotPublished, Over, Withdrawn
from organizations.models import Organization, User
from portal.refusals import AlreadyDecided, NotPermitted

SALT = "listings.confirming"
# So long after the listing has run out, the link still brings it back.
HOLDS_AFTERWARDS = timedelta(days=30)


class Confirmed(AlreadyDecided):
    """A second click, or a colleague was faster."""

    message = _("The listing is confirmed. You need not do anything.")


class Changed(AlreadyDecided):
    """Readers see another version than the mail was about."""

    message = _("The listing has been changed since the mail was sent. Sign in to see it as it is now.")


class TooOld(AlreadyDecided):
    """Nobody has used the link in time."""

    message = _("The link is too old. Sign in, check the times and confirm the listing there.")


@dataclass(frozen=True)
class ConfirmationLink:
    """`version` is the published version's number in the database when the mail was written."""

    listing: Listing
    recipient: User
    version: int
    confirmed_on: date

    @property
    def key(self) -> str:
        said = [self.listing.pk, self.recipient.pk, self.version, self.confirmed_on.isoformat()]
        return signing.dumps(said, salt=SALT)


def link_with(key: str) -> ConfirmationLink | None:
    """What a key says; None when it is not one of ours, or speaks of what is no longer there."""
    try:
        listing_pk, recipient_pk, version, confirmed_on = signing.loads(key, salt=SALT)
    except signing.BadSignature:
        return None
    listing = Listing.objects.select_related("organization").filter(pk=listing_pk).first()
    recipient = User.objects.filter(pk=recipient_pk).first()
    if listing is None or recipient is None:
        return None
    return ConfirmationLink(listing, recipient, version, date.fromisoformat(confirmed_on))


def check(link: ConfirmationLink, listing: Listing) -> None:
    """Raise why the link cannot confirm the listing as it stands now, if it cannot."""
    if not link.recipient.is_active:
        raise NotPermitted(_("The account to which the mail was sent is closed. Ask somebody else to confirm."))
    if not permissions.can_edit_listing(link.recipient, listing):
        raise NotPermitted(_("You no longer write for this organization. Its other members can confirm the listing."))
    if Organization.objects.get(listings=listing).state == Organization.State.SUSPENDED:
        raise NotPermitted(_("Moderators have hidden the organization from readers. Sign in to read why."))
    published: Version | None = listing.published_version
    if published is None:
        raise NotPublished
    if listing.withdrawn_at is not None:
        raise Withdrawn(_("The listing has been taken away from readers. Sign in to bring it back."))
    if published.pk != link.version:
        raise Changed
    _check_day(link, listing)


def _check_day(link: ConfirmationLink, listing: Listing) -> None:
    today = timezone.localdate()
    if listing.last_session_on is not None and listing.last_session_on < today:
        raise Over(_("All days are over. Sign in and write the coming ones."))
    if listing.confirmed_on is None or listing.confirmed_on != link.confirmed_on or listing.confirmed_on >= today:
        raise Confirmed
    if today > link.confirmed_on + timedelta(days=settings.LISTING_CONFIRMATION_DAYS) + HOLDS_AFTERWARDS:
        raise TooOld
