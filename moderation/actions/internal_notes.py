"""What moderators write down for each other. The organization hears nothing of it: no mail, no line in its log."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from listings.models import Listing
from moderation.models import InternalNote
from moderation.permissions import can_read_internal_notes
from organizations.models import Organization, User
from portal.audit import record
from portal.refusals import AlreadyDecided, NotPermitted


class ThereAlready(AlreadyDecided):
    """The same person wrote the same last: a second click."""

    message = _("Your note is there already.")


@transaction.atomic
def write_internal_note(
    organization: Organization, *, by: User, text: str, listing: Listing | None = None
) -> InternalNote:
    """Keep a note about an organization, or about a `listing` of it."""
    if not can_read_internal_notes(by, organization):
        raise NotPermitted
    Organization.objects.select_for_update().get(pk=organization.pk)
    last = InternalNote.objects.filter(organization=organization, listing=listing).first()
    if last is not None and (last.author_id, last.text) == (by.pk, text):
        raise ThereAlready
    note = InternalNote.objects.create(organization=organization, listing=listing, author=by, text=text)
    # Without the organization, whose log is read from the events that name it.
    record("noted", note, by=by, listing=listing.pk if listing is not None else None)
    return note
