"""Looking afterwards at some of what became public without a decision."""

from django.conf import settings
from django.utils.crypto import salted_hmac

from listings.models import Version
from listings.rule_set import current_rule_set
from moderation.models import Recheck
from organizations.models import User
from portal.audit import record

# The draw is a number from 0 up to this one.
PARTS = 2**256


def is_drawn(version: Version) -> bool:
    """Whether the version is in the sample: always the same answer, which nobody foresees without the portal's key."""
    mark = salted_hmac("moderation.sampling", str(version.pk), algorithm="sha256").hexdigest()
    return int(mark, 16) * 100 < settings.SAMPLE_PERCENT * PARTS


def draw_sample(version: Version) -> Recheck | None:
    """Put the listing before a moderator when its version is drawn, and it does not wait for one already.

    Called by the action that publishes, under its lock of the listing.
    """
    listing = version.listing
    if not is_drawn(version) or Recheck.objects.unanswered().filter(listing=listing).exists():
        return None
    recheck = Recheck.objects.create(
        listing=listing, cause=Recheck.Cause.SAMPLE, rule_set=current_rule_set().version, findings=[]
    )
    by = User.objects.system()
    record("opened_recheck", recheck, by=by, organization_id=listing.organization_id, cause=recheck.cause)
    return recheck
