"""Writing to the other side about a version, without deciding anything; and the answer that goes with a new wording."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from listings import permissions, remark_mails
from listings.actions.submitting import submit_version
from listings.models import Listing, Remark, Version
from listings.talk import is_open
from organizations.models import User
from portal.audit import record
from portal.refusals import AlreadyDecided, NotPermitted, Refused


class TalkIsOver(Refused):
    """It was decided long ago, or has never been sent to the moderators."""

    message = _("Nobody can write here now. Your message was not sent.")


class WrittenAlready(AlreadyDecided):
    """A second click."""

    message = _("This message has been sent already. It was not sent again.")


class TooManyRemarks(Refused):
    """So many an hour from one person."""

    message = _("You have written many messages in the last hour. Your message was not sent. Try again later.")


def _locked(version: Version) -> Version:
    """The version as it is now, under the lock of its listing."""
    Listing.objects.select_for_update().get(pk=version.listing_id)
    return Version.objects.select_related("listing__organization", "author").get(pk=version.pk)


def _write(version: Version, text: str, *, by: User, is_from_moderator: bool) -> Remark:
    remark = Remark.objects.create(version=version, author=by, is_from_moderator=is_from_moderator, text=text)
    record("remarked", version, by=by, organization_id=version.listing.organization_id)
    return remark


def _write_and_tell(version: Version, text: str, *, by: User, is_from_moderator: bool) -> Remark:
    if not is_open(version):
        raise TalkIsOver
    last = version.remarks.last()
    if last is not None and (last.author_id, last.is_from_moderator, last.text) == (by.pk, is_from_moderator, text):
        raise WrittenAlready
    if by.remarks.filter(at__gt=timezone.now() - timedelta(hours=1)).count() >= settings.REMARKS_AN_HOUR:
        raise TooManyRemarks
    remark = _write(version, text, by=by, is_from_moderator=is_from_moderator)
    remark_mails.tell_of(remark)
    return remark


@transaction.atomic
def remark(version: Version, *, by: User, text: str) -> Remark:
    """The people of the organization write to the moderators."""
    if not permissions.can_edit_listing(by, version.listing):
        raise NotPermitted
    return _write_and_tell(_locked(version), text, by=by, is_from_moderator=False)


@transaction.atomic
def remark_as_moderator(version: Version, *, by: User, text: str) -> Remark:
    """A moderator writes to the people of the organization."""
    if not permissions.can_publish(by, version):
        raise NotPermitted
    return _write_and_tell(_locked(version), text, by=by, is_from_moderator=True)


@transaction.atomic
def submit_with_answer(version: Version, *, by: User, answer: str = "") -> Version:
    """Hand a version to the moderators with what its author answers to the one who sent it back, and tell that one.

    Refused as `submit_version` does.
    """
    version = submit_version(version, by=by)
    written = _write(version, answer, by=by, is_from_moderator=False) if answer else None
    if version.state == Version.State.SUBMITTED:
        remark_mails.tell_of_new_submission(version, written)
    return version
