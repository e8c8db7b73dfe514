"""Writing: a new listing, the answers of its open version, a new version, a copy."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from listings import permissions
from listings.answers import LINK_FIELDS, differences, read_answers, write_answers
from listings.models import Listing, Version
from organizations.locking import locked_where_it_is_now
from organizations.models import Organization, User
from portal.audit import record
from portal.refusals import AlreadyDecided, NotPermitted

SECOND_CLICK = timedelta(seconds=10)


def _new_version(listing: Listing, by: User, answers: Mapping[str, Any]) -> Version:
    latest = listing.latest_version
    version = Version(listing=listing, number=latest.number + 1 if latest else 1, author=by)
    version.save()
    write_answers(version, answers)
    return version


def _just_started(organization: Organization, section: str, by: User, answers: Mapping[str, Any]) -> Version | None:
    """The draft that the same person made with the same answers a moment ago: a second click on the button."""
    since = timezone.now() - SECOND_CLICK
    drafts = Version.objects.filter(
        listing__organization=organization,
        listing__section=section,
        author=by,
        state=Version.State.DRAFT,
        created_at__gte=since,
        number=1,
    )
    return next((one for one in drafts if _has_answers(one, answers)), None)


def _has_answers(version: Version, answers: Mapping[str, Any]) -> bool:
    """Whether the texts and plain answers are the same; the links follow from the same click."""
    known = read_answers(version)
    return all(known[name] == value for name, value in answers.items() if name not in (*LINK_FIELDS, "forms"))


@transaction.atomic
def start_listing(
    organization: Organization,
    *,
    by: User,
    section: str,
    answers: Mapping[str, Any],
    external_id: str | None = None,
) -> Version:
    """A new listing with its first draft."""
    organization = locked_where_it_is_now(organization)
    if not permissions.can_write_listings(by, organization):
        raise NotPermitted
    twin = _just_started(organization, section, by, answers) if external_id is None else None
    if twin is not None:
        return twin
    listing = Listing.objects.create(organization=organization, section=section, external_id=external_id)
    version = _new_version(listing, by, answers)
    record("started", listing, by=by, organization_id=organization.pk)
    return version


@transaction.atomic
def save_answers(version: Version, *, by: User, answers: Mapping[str, Any], section: str | None = None) -> Version:
    """Save answers into a draft. The section can change until the listing has been published once."""
    if not permissions.can_edit_listing(by, version.listing):
        raise NotPermitted
    listing = Listing.objects.select_for_update().get(pk=version.listing_id)
    version = Version.objects.select_related("listing__organization").get(pk=version.pk)
    if not version.is_editable:
        raise AlreadyDecided
    before = read_answers(version)
    write_answers(version, answers)
    changed = differences(before, read_answers(version))
    if section and section != listing.section and listing.published_at is None:
        listing.section = section
        listing.save(update_fields=["section"])
        version.listing.section = section
        changed.append("section")
    if changed:
        record("saved", version, by=by, organization_id=listing.organization_id, fields=changed)
    else:
        record("saved_the_same", version, by=by, organization_id=listing.organization_id)
    return version


@transaction.atomic
def open_new_version(listing: Listing, *, by: User) -> Version:
    """A draft to change a listing with; the published version stays as it is. The open one, if there is one."""
    if not permissions.can_edit_listing(by, listing):
        raise NotPermitted
    listing = Listing.objects.select_for_update().get(pk=listing.pk)
    if listing.open_version:
        return listing.open_version
    source = listing.published_version or listing.latest_version
    version = _new_version(listing, by, read_answers(source))
    record("opened_new_version", version, by=by, organization_id=listing.organization_id)
    return version


@transaction.atomic
def copy_listing(listing: Listing, *, by: User) -> Version:
    """A new listing with the same answers, as a draft. Dates are left out, because they will be others.

    A second click gives the copy of the first one.
    """
    if not permissions.can_edit_listing(by, listing):
        raise NotPermitted
    source = listing.open_version or listing.published_version or listing.latest_version
    answers = {**read_answers(source), "dates": [], "first_date": None, "last_date": None, "exceptions": []}
    organization = locked_where_it_is_now(listing.organization)
    twin = _just_started(organization, listing.section, by, answers)
    if twin is not None and twin.listing_id != listing.pk:
        return twin
    copy = Listing.objects.create(organization=organization, section=listing.section)
    version = _new_version(copy, by, answers)
    record("copied", copy, by=by, organization_id=organization.pk, source=listing.pk)
    return version
