"""The mails about listings that their organizations get by themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from listings.confirming import ConfirmationLink
from listings.models import Version
from listings.presentation import title_of
from organizations.models import Organization, User
from portal.mail import absolute_url, send_to


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


def remind_of_confirming(person: User, organization: Organization, versions: Sequence[Version]) -> None:
    """One mail about all of them: each has a link of its own, which confirms without signing in."""
    send_to(
        [person],
        "listings_to_confirm",
        {"organization": organization, "running_out": [RunningOut(version, person) for version in versions]},
        ("organization_desk", organization.pk),
    )
