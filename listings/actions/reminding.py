"""Listings that run out because nobody has confirmed them: the people who answer for them are reminded in time."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from listings import mails
from listings.models import Listing, Version
from listings.models.listing import ListingQuerySet, oldest_valid_confirmation
from organizations.mails import main_users
from organizations.models import Organization, User
from organizations.permissions import has_role
from portal.audit import record

# So many days before a listing runs out: a reminder, another one, and the last.
DAYS_BEFORE = (30, 14, 3)


def reminders_due(listing: Listing, today: date) -> int:
    """How many reminders should have gone by now; none when it does not run out for want of a word."""
    if listing.confirmed_on is None or listing.withdrawn_at is not None:
        return 0
    unconfirmed_on = listing.confirmed_on + timedelta(days=settings.LISTING_CONFIRMATION_DAYS)
    if today > unconfirmed_on or (listing.last_session_on is not None and listing.last_session_on <= unconfirmed_on):
        return 0
    # Where listings run out sooner than a reminder would go, there is none so early.
    days = (one for one in DAYS_BEFORE if one < settings.LISTING_CONFIRMATION_DAYS)
    return sum(unconfirmed_on - today <= timedelta(days=one) for one in days)


def _running_out(today: date) -> ListingQuerySet:
    """The public listings of which some may be due."""
    oldest = oldest_valid_confirmation(today)
    in_time = (oldest, oldest + timedelta(days=DAYS_BEFORE[0]))
    return Listing.objects.public().filter(confirmed_on__range=in_time, reminders__lt=len(DAYS_BEFORE))


def _is_due(listing: Listing, today: date) -> bool:
    return reminders_due(listing, today) > listing.reminders


def _readers_of_mail(organization: Organization, versions: Sequence[Version]) -> dict[User, list[Version]]:
    """Who is told of which: the main users of all, an author of their own as long as they are a member."""
    told = {user: list(versions) for user in main_users(organization)}
    for version in versions:
        author = version.author
        if author not in told and author.is_active and has_role(author, organization):
            told[author] = [one for one in versions if one.author_id == author.pk]
    return told


@transaction.atomic
def remind_of_confirming(organization: Organization, *, by: User, today: date) -> int:
    """Write one mail to each person about all listings of the organization that are due; give how many are.

    Nothing happens for those that somebody has confirmed, withdrawn, or reminded of, meanwhile.
    """
    keys = list(_running_out(today).filter(organization=organization).values_list("pk", flat=True))
    locked = Listing.objects.select_for_update().filter(pk__in=keys, organization=organization).order_by("pk")
    listings = {one.pk: one for one in locked if _is_due(one, today)}
    published = Version.objects.filter(listing__in=listings, state=Version.State.PUBLISHED)
    versions = list(published.select_related("author", "listing__organization").order_by("listing"))
    told = _readers_of_mail(organization, versions) if versions else {}
    if not told:
        return 0  # somebody was faster; or nobody can be told, and whoever becomes main user is told then
    for listing in (listings[version.listing_id] for version in versions):
        listing.reminders = reminders_due(listing, today)  # one mail makes up for days without a worker
        listing.save(update_fields=["reminders"])
        record("reminded", listing, by=by, organization_id=organization.pk, number=listing.reminders)
    for person, theirs in told.items():
        mails.remind_of_confirming(person, organization, theirs)
    return len(versions)


def remind_of_all_confirming(today: date | None = None) -> int:
    """Remind of each listing that runs out soon; give how many. Can run again at any time."""
    today = today or timezone.localdate()
    system = User.objects.system()
    keys = {one.organization_id for one in _running_out(today) if _is_due(one, today)}
    organizations = Organization.objects.filter(pk__in=keys).order_by("pk")
    return sum(remind_of_confirming(one, by=system, today=today) for one in organizations)
