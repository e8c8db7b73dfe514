"""The mails of decisions."""

from django.utils.functional import lazy

from listings.eligibility import RULES
from listings.models import Version
from listings.presentation import title_of
from moderation.models import Decision
from organizations.mails import main_users
from organizations.models import User
from organizations.permissions import has_role
from portal.mail.writing import send_to

Outcome = Decision.Outcome

TEMPLATES: dict[str, str] = {
    Outcome.PUBLISHED: "version_published",
    Outcome.RETURNED: "version_returned",
    Outcome.REJECTED: "version_rejected",
    Outcome.KEPT: "listing_kept",
    Outcome.TAKEN_DOWN: "listing_taken_down",
    Outcome.RECONSIDERED: "version_reconsidered",
}
# With these, the mail leads to the page that readers see.
SHOWN_TO_READERS = (Outcome.PUBLISHED, Outcome.KEPT)


# Looked up when a mail is written, in the language of its reader.
title_in_reader_language = lazy(lambda version: title_of(version).value, str)


def _people(decision: Decision, version: Version) -> list[User]:
    """Whoever wrote the version; the main users instead when that account is closed.

    A re-check comes long after: the author hears of it as long as they are a member, and the main users with them.
    """
    author, organization = version.author, version.listing.organization
    if decision.outcome not in (Outcome.KEPT, Outcome.TAKEN_DOWN):
        return [author] if author.is_active else main_users(organization)
    people = {user.pk: user for user in main_users(organization)}
    if author.is_active and has_role(author, organization):
        people[author.pk] = author
    return list(people.values())


def tell_author(decision: Decision, version: Version) -> None:
    """Tell the people whom the decision concerns. That all stays as it was is told only with a message."""
    if decision.outcome == Outcome.KEPT and not decision.message.strip():
        return
    listing = version.listing
    url: tuple[str, int | str | None] = ("listing_manage", listing.pk)
    if decision.outcome in SHOWN_TO_READERS:
        url = ("listing_detail", listing.slug)
    send_to(
        _people(decision, version),
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
