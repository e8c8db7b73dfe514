"""Deciding on a submitted version: the move, the decision that is kept, and the mail to the author."""

from collections.abc import Sequence

from django.db import transaction

from listings import actions as listing_actions
from listings.models import Listing, Version
from listings.rule_set import current_rule_set
from listings.states import WrongState
from moderation.actions.deciding import ReasonMissing, decide
from moderation.actions.rechecks import recheck_listing
from moderation.models import Decision, Recheck
from moderation.rechecking import findings_under
from organizations.models import User

Outcome = Decision.Outcome


def seen_of(version: Version) -> str:
    """What tells this submission from a later one of the same version."""
    return version.submitted_at.isoformat() if version.submitted_at else ""


def _as_it_is_now(version: Version, seen: str) -> Version:
    """The version under a lock, read again; `WrongState` when it has been submitted anew since it was `seen`."""
    Listing.objects.select_for_update().get(pk=version.listing_id)
    fresh = Version.objects.select_related("listing__organization", "author").get(pk=version.pk)
    if seen and seen != seen_of(fresh):
        raise WrongState
    return fresh


@transaction.atomic
def publish(version: Version, *, by: User, reasons: Sequence[str] = (), message: str = "", seen: str = "") -> Decision:
    """Readers see the version from now on. `NotPermitted` or `WrongState` when it cannot be."""
    version = _as_it_is_now(version, seen)
    rule_set = current_rule_set()
    findings = findings_under(rule_set, version)
    version = listing_actions.publish_version(version, by=by)
    decision = decide(
        version, Outcome.PUBLISHED, by=by, reasons=reasons, message=message, findings=findings, rule_set=rule_set
    )
    # Who accepts the new version may have answered what the listing was to be looked at again for.
    if Recheck.objects.unanswered().filter(listing=version.listing_id).exists():
        recheck_listing(version.listing, by=by, rule_set=rule_set)
    return decision


@transaction.atomic
def send_back(version: Version, *, by: User, reasons: Sequence[str], message: str, seen: str = "") -> Decision:
    """The author changes it and submits it again."""
    return _not_as_it_is(version, Outcome.RETURNED, by=by, reasons=reasons, message=message, seen=seen)


@transaction.atomic
def reject(version: Version, *, by: User, reasons: Sequence[str], message: str, seen: str = "") -> Decision:
    """The version ends here."""
    return _not_as_it_is(version, Outcome.REJECTED, by=by, reasons=reasons, message=message, seen=seen)


MOVES = {Outcome.RETURNED: listing_actions.return_version, Outcome.REJECTED: listing_actions.reject_version}


def _not_as_it_is(
    version: Version, outcome: Outcome, *, by: User, reasons: Sequence[str], message: str, seen: str
) -> Decision:
    """Move a version away from readers' sight and say why. `ReasonMissing` when neither a rule nor words do."""
    if not reasons and not message.strip():
        raise ReasonMissing
    version = _as_it_is_now(version, seen)
    rule_set = current_rule_set()
    findings = findings_under(rule_set, version)
    version = MOVES[outcome](version, by=by, reasons=reasons)
    return decide(version, outcome, by=by, reasons=reasons, message=message, findings=findings, rule_set=rule_set)
