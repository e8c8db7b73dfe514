"""What does not take place: one meeting that is cancelled, and a break until a day."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from listings.actions.keeping import locked_published
from listings.models import Listing, Session
from listings.refusals import Over, Withdrawn
from listings.schedule import write_sessions
from listings.search.index import refresh_listing
from organizations.models import User
from portal.audit import record
from portal.refusals import AlreadyDecided, Refused


class NoLongerPlanned(AlreadyDecided):
    """The day has been, or the listing does not meet on it any more."""

    message = _("This meeting is not among the coming ones any more. Nothing was changed.")


def _locked_session(session: Session, by: User) -> tuple[Listing, Session]:
    listing = locked_published(session.listing, by)
    present = listing.sessions.upcoming(timezone.localdate()).filter(pk=session.pk).first()
    if present is None:
        raise NoLongerPlanned
    return listing, present


@transaction.atomic
def cancel_session(session: Session, *, by: User) -> Session:
    """One meeting does not take place. Readers still see its day, struck through."""
    listing, session = _locked_session(session, by)
    if session.cancelled_at is not None:
        raise AlreadyDecided
    session.cancelled_at = timezone.now()
    session.save(update_fields=["cancelled_at"])
    refresh_listing(listing)
    record("cancelled_meeting", listing, by=by, organization_id=listing.organization_id, day=session.on.isoformat())
    return session


@transaction.atomic
def restore_session(session: Session, *, by: User) -> Session:
    """A cancelled meeting takes place after all."""
    listing, session = _locked_session(session, by)
    if session.cancelled_at is None:
        raise AlreadyDecided
    session.cancelled_at = None
    session.save(update_fields=["cancelled_at"])
    refresh_listing(listing)
    record("restored_meeting", listing, by=by, organization_id=listing.organization_id, day=session.on.isoformat())
    return session


@transaction.atomic
def pause_listing(listing: Listing, *, by: User, until: date) -> Listing:
    """A break: readers see the listing and until when, and no meetings before that day. It ends by itself."""
    listing = locked_published(listing, by)
    if listing.withdrawn_at is not None:
        raise Withdrawn
    if until <= timezone.localdate():
        raise Refused(_("The day on which it meets again has to come after today."))
    if listing.last_session_on is not None and listing.last_session_on < until:
        raise Over(_("It ends before that day. Write the coming days, or take it away from readers."))
    if listing.paused_until == until:
        raise AlreadyDecided
    _take_up(listing, until)
    record("paused", listing, by=by, organization_id=listing.organization_id, day=until.isoformat())
    return listing


@transaction.atomic
def end_break(listing: Listing, *, by: User) -> Listing:
    """It meets again from today on."""
    listing = locked_published(listing, by)
    if listing.break_until is None:
        raise AlreadyDecided
    _take_up(listing, timezone.localdate())
    record("ended_break", listing, by=by, organization_id=listing.organization_id)
    return listing


def _take_up(listing: Listing, on: date) -> None:
    listing.paused_until = on
    listing.save(update_fields=["paused_until"])
    write_sessions(listing, listing.published_version)
    refresh_listing(listing)
