"""The mails about listings that their organizations get by themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from listings.confirming import ConfirmationLink
from listings.models import BrokenLink, Version
from listings.presentation import title_of
from organizations.mails import main_users
from organizations.models import Organization, User
from organizations.permissions import has_role
from portal.mail.writing import absolute_url, send_to


@dataclass(frozen=True)
class RunningOut:
    """A listing in a mail. Title and address are looked up when it is written, in the language of its reader."""

    version: Version
    recipient: User

    @property
    def title(self) -> str:
        return title_of(self.version).value

    @property
    def runs_out_on(self) -> date | None:
        return self.version.listing.runs_out_on

    @property
    def url(self) -> str:
        listing = self.version.listing
        assert listing.confirmed_on is not None, "a public listing has been confirmed"
        link = ConfirmationLink(listing, self.recipient, self.version.pk, listing.confirmed_on)
        return absolute_url("listing_confirm_by_link", link.key)


@dataclass(frozen=True)
class Broken:
    """A link in a mail that does not work, with the listings on whose pages it stands."""

    link: str
    versions: tuple[Version, ...]

    @property
    def titles(self) -> list[str]:
        return [title_of(version).value for version in self.versions]


def tell_of_broken_links(organization: Organization, rows: Sequence[BrokenLink]) -> bool:
    """One mail about all of them, to the main users and to whoever wrote the listings; False when there is nobody."""
    listings = {row.listing_id for row in rows}
    published = Version.objects.filter(listing__in=listings, state=Version.State.PUBLISHED).select_related("author")
    versions = {version.listing_id: version for version in published}
    people = {user.pk: user for user in main_users(organization)}
    for version in versions.values():
        if version.author.is_active and has_role(version.author, organization):
            people[version.author_id] = version.author
    urls = dict.fromkeys(row.url for row in rows)
    broken = [
        Broken(url, tuple(versions[row.listing_id] for row in rows if row.url == url and row.listing_id in versions))
        for url in urls
    ]
    context = {"organization": organization, "broken": broken}
    send_to(people.values(), "links_broken", context, ("organization_desk", organization.pk))
    return bool(people)


def remind_of_confirming(person: User, organization: Organization, versions: Sequence[Version]) -> None:
    """One mail about all of them: each has a link of its own, which confirms without signing in."""
    send_to(
        [person],
        "listings_to_confirm",
        {"organization": organization, "running_out": [RunningOut(version, person) for version in versions]},
        ("organization_desk", organization.pk),
    )
