"""Where a listing stands, in one word, for the people who write it."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from listings.models import Listing, Version
from listings.presentation import title_of
from portal.texts import Text
from portal.vocabulary import label


@dataclass(frozen=True)
class Standing:
    """A listing's place between draft and public. `code` is a version state or `withdrawn` or `expired`."""

    listing: Listing
    title: Text
    code: str
    label: str
    published: Version | None
    open: Version | None
    runs_out_on: date | None
    next_step: str | Promise

    @property
    def is_editable(self) -> bool:
        return self.open is not None and self.open.is_editable


def _public_code(listing: Listing) -> str:
    if listing.withdrawn_at is not None:
        return "withdrawn"
    if listing.runs_out_on is not None and listing.runs_out_on < timezone.localdate():
        return "expired"
    return "published"


NEXT_STEPS = {
    "draft": _("Finish it and send it."),
    "returned": _("Read what has to change, change it and send it again."),
    "submitted": _("A moderator reads it. You get a mail."),
    "rejected": _("Read why. You can make a new version."),
    "published": _("Readers see it."),
    "withdrawn": _("Readers do not see it. You can bring it back."),
    "expired": _("Readers do not see it. Check the times and confirm it."),
}


def standing_of(listing: Listing) -> Standing:
    """Where the listing stands. Reads `listing.versions` as they were prefetched."""
    versions = sorted(listing.versions.all(), key=lambda version: -version.number)
    published = next((one for one in versions if one.state == Version.State.PUBLISHED), None)
    open_version = next((one for one in versions if one.state in Version.OPEN_STATES), None)
    if open_version is not None:
        code = open_version.state
    elif published is not None:
        code = _public_code(listing)
    else:
        code = versions[0].state
    group = "listing_state" if code in ("withdrawn", "expired") else "version_state"
    return Standing(
        listing=listing,
        title=title_of(open_version or published or versions[0]),
        code=code,
        label=label(group, code),
        published=published,
        open=open_version,
        runs_out_on=listing.runs_out_on if published else None,
        next_step=NEXT_STEPS[code],
    )
