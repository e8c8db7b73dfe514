"""The mails of decisions."""

from django.utils.functional import lazy

from listings.eligibility import RULES
from listings.models import Version
from listings.presentation import title_of
from moderation.models import Decision
from organizations.mails import main_users
from portal.mail import send_to

TEMPLATES: dict[str, str] = {
    Decision.Outcome.PUBLISHED: "version_published",
    Decision.Outcome.RETURNED: "version_returned",
    Decision.Outcome.REJECTED: "version_rejected",
}


# Looked up when a mail is written, in the language of its reader.
title_in_reader_language = lazy(lambda version: title_of(version).value, str)


def tell_author(decision: Decision, version: Version) -> None:
    """Tell whoever wrote the version; the main users instead when that account is closed."""
    listing = version.listing
    people = [version.author] if version.author.is_active else main_users(listing.organization)
    url: tuple[str, int | str | None] = ("listing_manage", listing.pk)
    if decision.outcome == Decision.Outcome.PUBLISHED:
        url = ("listing_detail", listing.slug)
    send_to(
        people,
        TEMPLATES[decision.outcome],
        {
            "decision": decision,
            "title": title_in_reader_language(version),
            "listing": listing,
            "organization": listing.organization,
            "reasons": [RULES[code] for code in decision.reasons],
        },
        url,
    )
