"""What readers report and a moderator decides: the listing stays, or is taken away from readers."""

from collections.abc import Sequence

from django.db import transaction

from listings import actions as listing_actions
from listings.models import Listing, Report, Version
from listings.rule_set import current_rule_set
from listings.states import WrongState
from moderation.actions.deciding import ReasonMissing, decide
from moderation.actions.holding import decides
from moderation.actions.rechecks import settle_sample
from moderation.models import Decision
from moderation.rechecking import findings_under
from organizations.models import User


def reports_to_decide(listing: Listing) -> list[Report]:
    """What is said of a listing and waits for a moderator, oldest first. One decision answers all of it."""
    return list(listing.reports.for_moderators().order_by("made_at", "pk"))


def seen_of_reports(listing: Listing, version: Version | None) -> str:
    """What tells the case that a moderator has before their eyes from what has been said or published since."""
    reports = reports_to_decide(listing)
    return f"{version.pk} {reports[-1].pk}" if version is not None and reports else ""


def _as_it_is_now(report: Report, seen: str) -> Version:
    """What readers see of the listing, under a lock; `WrongState` when something has changed."""
    listing = Listing.objects.select_for_update().get(pk=report.listing_id)
    versions = Version.objects.select_related("listing__organization", "author")
    version = versions.filter(listing=listing, state=Version.State.PUBLISHED).first()
    is_waiting = any(one.pk == report.pk for one in reports_to_decide(listing))
    if version is None or not is_waiting or (seen and seen != seen_of_reports(listing, version)):
        raise WrongState
    return version


@transaction.atomic
@decides("report")
def keep_after_report(
    report: Report, *, by: User, reasons: Sequence[str] = (), message: str = "", seen: str = ""
) -> Listing:
    """The listing stays, or is shown again. The message goes to readers who left an address."""
    version = _as_it_is_now(report, seen)
    return listing_actions.keep_reported(version.listing, by=by, reply=message)


@transaction.atomic
@decides("report")
def take_down_after_report(
    report: Report, *, by: User, reasons: Sequence[str], message: str, seen: str = ""
) -> Decision:
    """Readers no longer see the listing. The organization is told why, and can make a new version."""
    if not reasons and not message.strip():
        raise ReasonMissing
    version = _as_it_is_now(report, seen)
    rule_set = current_rule_set()
    findings = findings_under(rule_set, version)
    version = listing_actions.take_down_version(version, by=by, reasons=reasons)
    settle_sample(version.listing, by=by)
    return decide(
        version,
        Decision.Outcome.TAKEN_DOWN,
        by=by,
        reasons=reasons,
        message=message,
        findings=findings,
        rule_set=rule_set,
    )
