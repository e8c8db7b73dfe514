"""The mails about what readers report: to the organization, to the moderators, and back to the reader."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import lazy

from listings.models import Listing, Report, Version
from listings.presentation import title_of
from organizations.mails import main_users
from organizations.models import User
from organizations.permissions import has_role
from portal.mail.writing import send_to

# Looked up when a mail is written, in the language of its reader.
_title_in_reader_language = lazy(lambda version: title_of(version).value, str)


@dataclass(frozen=True)
class Reader:
    """Somebody without an account: where the mail goes, and in which language."""

    email: str
    mail_language: str


def _people(listing: Listing, version: Version) -> list[User]:
    """The main users, and whoever wrote the listing as long as they are a member."""
    people = {user.pk: user for user in main_users(listing.organization)}
    if version.author.is_active and has_role(version.author, listing.organization):
        people[version.author_id] = version.author
    return list(people.values())


def _context(listing: Listing, version: Version, **more: Any) -> dict[str, Any]:
    title = _title_in_reader_language(version)
    return {"title": title, "listing": listing, "organization": listing.organization, **more}


def _shown(listing: Listing) -> Version | None:
    """What readers see of it, or saw last."""
    return listing.published_version or listing.latest_version


def tell_organization(report: Report) -> None:
    listing = report.listing
    if version := _shown(listing):
        context = _context(listing, version, report=report)
        send_to(_people(listing, version), "listing_reported", context, ("report_answer", report.pk))


def tell_hidden(listing: Listing, report: Report) -> None:
    """The organization and the moderators: until somebody has checked it, readers do not see it."""
    if version := _shown(listing):
        context = _context(listing, version, report=report)
        url = ("report_answer", report.pk) if report.is_small else ("listing_manage", listing.pk)
        send_to(_people(listing, version), "listing_hidden", context, url)
        send_to(User.objects.moderators(), "listing_hidden_check", context, ("moderation_queue",))


def tell_shown_again(listing: Listing, message: str) -> None:
    if version := _shown(listing):
        context = _context(listing, version, message=message)
        send_to(_people(listing, version), "listing_shown_again", context, ("listing_manage", listing.pk))


def tell_reader(report: Report, address: str) -> None:
    """What became of it. The page of the listing, while there is one for readers; else the start page."""
    listing = report.listing
    if version := _shown(listing):
        url = ("listing_detail", listing.slug) if listing.is_public else ("start",)
        context = _context(listing, version, report=report)
        send_to([Reader(address, report.language)], "report_answered", context, url)
