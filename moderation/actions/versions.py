"""Deciding on a submitted version: the move, the decision that is kept, and the mail to the author."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from listings import actions as listing_actions
from listings.models import Listing, Version
from listings.rule_set import current_rule_set
from listings.snapshots import changed_since
from listings.states import WrongState, can_move
from moderation.actions.deciding import ReasonMissing, decide
from moderation.actions.holding import decides
from moderation.actions.rechecks import recheck_listing, settle_sample
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
@decides("version")
def publish(
    version: Version,
    *,
    by: User,
    reasons: Sequence[str] = (),
    message: str = "",
    notes: Mapping[str, str] | None = None,
    seen: str = "",
) -> Decision:
    """Readers see the version from now on. `NotPermitted` or `WrongState` when it cannot be."""
    version = _as_it_is_now(version, seen)
    rule_set = current_rule_set()
    findings = findings_under(rule_set, version)
    version = listing_actions.publish_version(version, by=by)
    decision = decide(
        version,
        Outcome.PUBLISHED,
        by=by,
        reasons=reasons,
        message=message,
        notes=notes,
        findings=findings,
        rule_set=rule_set,
    )
    # Who accepts the new version may have answered what the listing was to be looked at again for.
    is_settled = settle_sample(version.listing, by=by)
    if not is_settled and Recheck.objects.unanswered().filter(listing=version.listing_id).exists():
        recheck_listing(version.listing, by=by, rule_set=rule_set)
    return decision


@transaction.atomic
@decides("version")
def send_back(
    version: Version,
    *,
    by: User,
    reasons: Sequence[str],
    message: str,
    notes: Mapping[str, str] | None = None,
    seen: str = "",
) -> Decision:
    """The author changes it and submits it again."""
    return _not_as_it_is(version, Outcome.RETURNED, by=by, reasons=reasons, message=message, notes=notes, seen=seen)


@transaction.atomic
@decides("version")
def reject(
    version: Version,
    *,
    by: User,
    reasons: Sequence[str],
    message: str,
    notes: Mapping[str, str] | None = None,
    seen: str = "",
) -> Decision:
    """The version ends here."""
    return _not_as_it_is(version, Outcome.REJECTED, by=by, reasons=reasons, message=message, notes=notes, seen=seen)


MOVES = {Outcome.RETURNED: listing_actions.return_version, Outcome.REJECTED: listing_actions.reject_version}


def _not_as_it_is(
    version: Version,
    outcome: Outcome,
    *,
    by: User,
    reasons: Sequence[str],
    message: str,
    notes: Mapping[str, str] | None,
    seen: str,
) -> Decision:
    """Move a version away from readers' sight and say why. `ReasonMissing` when neither a rule nor words do."""
    if not reasons and not message.strip() and not notes:
        raise ReasonMissing
    version = _as_it_is_now(version, seen)
    rule_set = current_rule_set()
    findings = findings_under(rule_set, version)
    version = MOVES[outcome](version, by=by, reasons=reasons)
    return decide(
        version,
        outcome,
        by=by,
        reasons=reasons,
        message=message,
        notes=notes,
        findings=findings,
        rule_set=rule_set,
    )


def can_be_reconsidered(version: Version) -> bool:
    """Whether the decision on it can be made anew: it is the last wording, and its author has not changed it since."""
    decision = version.decisions.first()
    if decision is None or not can_move(version, "reconsider"):
        return False
    if version.listing.versions.filter(number__gt=version.number).exists():
        return False
    if decision.snapshot:
        return not changed_since(version, decision.snapshot)
    return version.changed_at <= decision.at


@transaction.atomic
def reconsider(version: Version, *, by: User, message: str) -> Decision:
    """A moderator made a mistake: what was sent back or rejected waits for a new decision. The author is told why."""
    if not message.strip():
        raise ReasonMissing(_("Write a message. The author needs to know why."))
    version = _as_it_is_now(version, "")
    if not can_be_reconsidered(version):
        raise WrongState
    version = listing_actions.reconsider_version(version, by=by)
    return decide(
        version,
        Outcome.RECONSIDERED,
        by=by,
        reasons=(),
        message=message,
        findings=(),
        rule_set=current_rule_set(),
    )
