"""Looking again at what readers see: what the rules newly find in it, and what was drawn after it became public."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from listings import actions as listing_actions
from listings.eligibility import RuleSet
from listings.models import Listing, Version
from listings.permissions import can_publish
from listings.states import WrongState
from moderation.actions.deciding import ReasonMissing, as_data, decide
from moderation.actions.holding import decides
from moderation.models import Decision, Recheck
from moderation.permissions import can_moderate
from moderation.rechecking import accepted_findings, compare, findings_under, rule_set_for
from organizations.models import User
from portal.audit import record
from portal.refusals import NotPermitted


def _public_version(listing: Listing) -> Version | None:
    """What readers see of the listing now. The listing is locked by the caller."""
    versions = Version.objects.public().select_related("listing__organization", "author")
    return versions.filter(listing=listing).first()


def _close(recheck: Recheck, outcome: str, by: User) -> None:
    recheck.outcome = outcome
    recheck.closed_at = timezone.now()
    recheck.save(update_fields=["outcome", "closed_at"])
    record("closed_recheck", recheck, by=by, organization_id=recheck.listing.organization_id, outcome=outcome)


@transaction.atomic
def recheck_listing(listing: Listing, *, by: User, rule_set: RuleSet) -> Recheck | None:
    """Open, renew or close the listing's re-check, as the rules say; the open one, or None when there is none.

    Can be done again and again: a listing has one open re-check at most. One that was opened for an edition to come
    is not closed by what the edition of today says. A sample takes up what the rules find, and only a decision
    closes it.
    """
    if not can_moderate(by):
        raise NotPermitted
    listing = Listing.objects.select_for_update(of=("self",)).select_related("organization").get(pk=listing.pk)
    recheck = Recheck.objects.unanswered().filter(listing=listing).first()
    if recheck is not None:
        rule_set = max(rule_set, rule_set_for(recheck.rule_set), key=lambda edition: edition.valid_from)
    version = _public_version(listing)
    accepted = accepted_findings([listing.pk]).get(listing.pk, {})
    new = compare(findings_under(rule_set, version), accepted).new if version is not None else ()
    is_sample = recheck is not None and recheck.cause == Recheck.Cause.SAMPLE
    if is_sample and version is None:
        return recheck
    if not new and not is_sample:
        if recheck is not None:
            _close(recheck, Recheck.Outcome.SETTLED, by)
        return None
    found = as_data(new)
    if recheck is None:
        recheck = Recheck.objects.create(listing=listing, rule_set=rule_set.version, findings=found)
        verb = "opened_recheck"
    elif (recheck.rule_set, recheck.findings) != (rule_set.version, found):
        recheck.rule_set, recheck.findings = rule_set.version, found
        recheck.save(update_fields=["rule_set", "findings"])
        verb = "renewed_recheck"
    else:
        return recheck
    codes = [finding.code for finding in new]
    record(verb, recheck, by=by, organization_id=listing.organization_id, rule_set=rule_set.version, findings=codes)
    return recheck


def settle_sample(listing: Listing, *, by: User) -> bool:
    """Close the listing's sample: a moderator has read all of it. Called inside the lock of that decision."""
    sample = Recheck.objects.unanswered().filter(listing=listing, cause=Recheck.Cause.SAMPLE).first()
    if sample is not None:
        _close(sample, Recheck.Outcome.SETTLED, by)
    return sample is not None


def seen_of_recheck(recheck: Recheck, version: Version | None) -> str:
    """What tells the case that a moderator has before their eyes from another one of the same listing."""
    return f"{version.pk} {recheck.rule_set}" if version is not None else ""


def _as_it_is_now(recheck: Recheck, by: User, seen: str) -> tuple[Recheck, Version, RuleSet]:
    """The re-check and the version that readers see, under a lock; `WrongState` when something has changed."""
    Listing.objects.select_for_update().get(pk=recheck.listing_id)
    fresh = Recheck.objects.select_related("listing").get(pk=recheck.pk)
    version = _public_version(fresh.listing)
    if not fresh.is_open or version is None or (seen and seen != seen_of_recheck(fresh, version)):
        raise WrongState
    if not can_publish(by, version):
        raise NotPermitted
    return fresh, version, rule_set_for(fresh.rule_set)


@transaction.atomic
@decides("recheck")
def keep(recheck: Recheck, *, by: User, reasons: Sequence[str] = (), message: str = "", seen: str = "") -> Decision:
    """The listing stays, and what the rules find in it now counts as accepted. A message goes to the organizer."""
    recheck, version, rule_set = _as_it_is_now(recheck, by, seen)
    findings = findings_under(rule_set, version)
    _close(recheck, Recheck.Outcome.KEPT, by)
    record("kept", version, by=by, organization_id=recheck.listing.organization_id)
    return decide(
        version,
        Decision.Outcome.KEPT,
        by=by,
        reasons=reasons,
        message=message,
        findings=findings,
        rule_set=rule_set,
    )


@transaction.atomic
@decides("recheck")
def take_down(recheck: Recheck, *, by: User, reasons: Sequence[str], message: str, seen: str = "") -> Decision:
    """Readers no longer see the listing. The organization is told why, and can make a new version."""
    if not reasons and not message.strip():
        raise ReasonMissing
    recheck, version, rule_set = _as_it_is_now(recheck, by, seen)
    findings = findings_under(rule_set, version)
    version = listing_actions.take_down_version(version, by=by, reasons=reasons)
    _close(recheck, Recheck.Outcome.TAKEN_DOWN, by)
    return decide(
        version,
        Decision.Outcome.TAKEN_DOWN,
        by=by,
        reasons=reasons,
        message=message,
        findings=findings,
        rule_set=rule_set,
    )
