"""What a moderator's decision does to a version. The decision itself is written by `moderation.actions`."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from listings import permissions
from listings.actions.publishing import make_public
from listings.actions.reporting import settle_as_taken_down
from listings.models import Listing, Version
from listings.search.index import refresh_listing
from listings.states import WrongState, move
from organizations.models import User
from portal.audit import record
from portal.refusals import NotPermitted


@transaction.atomic
def publish_version(version: Version, *, by: User) -> Version:
    """Readers see the version from now on; the one before is superseded."""
    if not permissions.can_publish(by, version):
        raise NotPermitted
    make_public(version)
    record("published", version, by=by, organization_id=version.listing.organization_id)
    return version


@transaction.atomic
def return_version(version: Version, *, by: User, reasons: Sequence[str] = ()) -> Version:
    """The author is asked to change it and can submit it again."""
    if not permissions.can_publish(by, version):
        raise NotPermitted
    move(version, "return")
    record("returned", version, by=by, organization_id=version.listing.organization_id, reasons=list(reasons))
    return version


@transaction.atomic
def reject_version(version: Version, *, by: User, reasons: Sequence[str] = ()) -> Version:
    """The version ends here; what is public stays public."""
    if not permissions.can_publish(by, version):
        raise NotPermitted
    move(version, "reject")
    record("rejected", version, by=by, organization_id=version.listing.organization_id, reasons=list(reasons))
    return version


@transaction.atomic
def take_down_version(version: Version, *, by: User, reasons: Sequence[str] = ()) -> Version:
    """Readers no longer see the published version. The organization can make a new one and submit that."""
    if not permissions.can_publish(by, version):
        raise NotPermitted
    move(version, "take_down")
    settle_as_taken_down(version.listing, by=by)
    refresh_listing(version.listing)
    record("took_down", version, by=by, organization_id=version.listing.organization_id, reasons=list(reasons))
    return version


@transaction.atomic
def reconsider_version(version: Version, *, by: User) -> Version:
    """What was sent back or rejected waits for a decision again, as if it had been sent now.

    `WrongState` when it is not the last wording of its listing: what came later counts.
    """
    if not permissions.can_publish(by, version):
        raise NotPermitted
    Listing.objects.select_for_update().get(pk=version.listing_id)
    if version.listing.versions.filter(number__gt=version.number).exists():
        raise WrongState
    version.submitted_at = timezone.now()
    move(version, "reconsider")
    record("reconsidered", version, by=by, organization_id=version.listing.organization_id)
    return version
