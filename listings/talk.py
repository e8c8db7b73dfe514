"""The talk between an organization and the moderators about one version: what was written, and whether it goes on."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from listings.models import Listing, Remark, Version

# So long after the last decision there can still be something to ask.
GOES_ON_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Talk:
    """What was written about a version, oldest first."""

    version: Version
    remarks: list[Remark]

    @property
    def is_open(self) -> bool:
        return is_open(self.version)


def is_open(version: Version) -> bool:
    """Whether both sides can still write. Moderators know nothing of a version that was never sent to them."""
    if version.submitted_at is None:
        return False
    return version.state in Version.OPEN_STATES or version.changed_at > timezone.now() - GOES_ON_FOR


def talk_about(version: Version) -> Talk:
    return Talk(version, list(version.remarks.select_related("author")))


def talks_of(listing: Listing) -> list[Talk]:
    """The talks of a listing, the newest version first: that one always, when it was sent; the others if there are."""
    sent = listing.versions.filter(submitted_at__isnull=False).order_by("-number")
    versions = list(sent.prefetch_related("remarks__author"))
    talks = [Talk(version, list(version.remarks.all())) for version in versions]
    return [talk for number, talk in enumerate(talks) if talk.remarks or number == 0]
