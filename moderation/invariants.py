"""What must always be true of decisions and of what follows from them. Each function yields what is not."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from listings.models import Version
from moderation.models import Decision, Hold, Recheck
from organizations.invariants import SYNTHETIC
from organizations.models import Organization
from portal.models import AuditEvent

Outcome = Decision.Outcome
State = Version.State

# Where a version may stand when this is the last decision on it. After the others its author goes on writing.
VERSION_AFTER: dict[str, tuple[str, ...]] = {
    Outcome.PUBLISHED: (State.PUBLISHED, State.SUPERSEDED),
    Outcome.KEPT: (State.PUBLISHED, State.SUPERSEDED),
    Outcome.REJECTED: (State.REJECTED,),
    Outcome.TAKEN_DOWN: (State.REJECTED,),
}
# And the decisions of which one has to be the last when it stands there.
DECISION_BEFORE: dict[str, tuple[str, ...]] = {
    State.RETURNED: (Outcome.RETURNED,),
    State.REJECTED: (Outcome.REJECTED, Outcome.TAKEN_DOWN),
}
ORGANIZATION_AFTER: dict[str, str] = {
    Outcome.APPROVED: Organization.State.ACTIVE,
    Outcome.REINSTATED: Organization.State.ACTIVE,
    Outcome.DECLINED: Organization.State.DECLINED,
    Outcome.SUSPENDED: Organization.State.SUSPENDED,
    Outcome.MERGED: Organization.State.MERGED,
}
# What the audit says of each decision.
VERBS: dict[str, str] = {
    **{outcome: outcome.value for outcome in Outcome},
    Outcome.TAKEN_DOWN: "took_down",
}


def _last(decisions: QuerySet[Decision], thing: str) -> QuerySet[Decision]:
    """Those after which there is none of these about the same thing."""
    same = decisions.filter(**{thing: OuterRef(thing)}).order_by()
    later = same.filter(Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk")))
    return decisions.filter(~Exists(later), **{f"{thing}__isnull": False}).order_by("pk")


def versions_stand_where_decisions_put_them() -> Iterator[str]:
    """The state of a version follows from the last decision on it, and a refused one has such a decision."""
    last = _last(Decision.objects.all(), "version")
    for outcome, states in VERSION_AFTER.items():
        astray = last.filter(outcome=outcome).exclude(version__state__in=states)
        for pk, state in astray.values_list("version_id", "version__state").iterator():
            yield f"Version {pk} is {state}; the last decision on it is: {outcome}."
    for state, outcomes in DECISION_BEFORE.items():
        decided = Decision.objects.filter(version=OuterRef("pk"), outcome__in=outcomes).order_by()
        undecided = Version.objects.filter(~Exists(decided), state=state).order_by("pk")
        for pk in undecided.values_list("pk", flat=True).iterator():
            yield f"Version {pk} is {state}, and nobody has decided that."


def organizations_stand_where_decisions_put_them() -> Iterator[str]:
    """The state of an organization follows from the last decision on it, and it came into it by an action."""
    last = _last(Decision.objects.filter(outcome__in=ORGANIZATION_AFTER), "organization")
    for outcome, state in ORGANIZATION_AFTER.items():
        astray = last.filter(outcome=outcome).exclude(organization__state=state)
        for pk, found in astray.values_list("organization_id", "organization__state").iterator():
            yield f"Organization {pk} is {found}; the last decision on it is: {outcome}."
    done = AuditEvent.objects.filter(
        noun="organization", noun_id=OuterRef("pk"), verb__in=[VERBS[outcome] for outcome in ORGANIZATION_AFTER]
    )
    untold = Organization.objects.exclude(state=Organization.State.PENDING).filter(~Exists(done)).exclude(SYNTHETIC)
    for pk, state in untold.order_by("pk").values_list("pk", "state").iterator():
        yield f"Organization {pk} is {state}, and the audit does not say how that came."


def decisions_have_reasons() -> Iterator[str]:
    """Whoever was refused something has been told why."""
    refusing = (
        *(Outcome.RETURNED, Outcome.REJECTED, Outcome.TAKEN_DOWN, Outcome.RECONSIDERED),
        *(Outcome.DECLINED, Outcome.SUSPENDED, Outcome.DISTRUSTED),
    )
    silent = Decision.objects.filter(outcome__in=refusing, reasons=[], message="", notes={}).order_by("pk")
    for pk, outcome in silent.values_list("pk", "outcome").iterator():
        yield f"Decision {pk} ({outcome}) has no reason and no message."


def decisions_left_a_trace() -> Iterator[str]:
    """The audit says of each decision that this moderator made it."""
    for outcome, verb in VERBS.items():
        done = AuditEvent.objects.filter(
            Q(noun="version", noun_id=OuterRef("version_id"))
            | Q(noun="organization", noun_id=OuterRef("organization_id")),
            verb=verb,
            actor_id=OuterRef("moderator_id"),
        )
        untold = Decision.objects.filter(~Exists(done), outcome=outcome).order_by("pk")
        for pk in untold.values_list("pk", flat=True).iterator():
            yield f"The audit has nothing of decision {pk} ({outcome})."


def holds_end() -> Iterator[str]:
    """What nobody has in hand any more is forgotten a day later."""
    old = Hold.objects.filter(until__lt=timezone.now() - timedelta(days=3)).order_by("pk")
    for pk, until in old.values_list("pk", "until").iterator():
        yield f"Hold {pk} ended {until:%Y-%m-%d} and is still there. Does beat run?"


def rechecks_agree_with_decisions() -> Iterator[str]:
    """What was looked at again and closed by a moderator has their decision."""
    decided = Decision.objects.filter(version__listing=OuterRef("listing_id"), outcome=OuterRef("outcome")).order_by()
    closed = Recheck.objects.filter(~Exists(decided), outcome__in=("kept", "taken_down")).order_by("pk")
    for pk, outcome in closed.values_list("pk", "outcome").iterator():
        yield f"Re-check {pk} was closed ({outcome}) without a decision."


def samples_were_unreviewed() -> Iterator[str]:
    """Only what became public without a decision is looked at afterwards."""
    versions = Version.objects.filter(listing=OuterRef(OuterRef("listing_id"))).order_by()
    unreviewed = AuditEvent.objects.filter(
        verb="published_unreviewed", noun="version", noun_id__in=versions.values("pk")
    )
    odd = Recheck.objects.filter(~Exists(unreviewed), cause=Recheck.Cause.SAMPLE).order_by("pk")
    for pk in odd.values_list("pk", flat=True).iterator():
        yield f"Re-check {pk} is a sample, and nothing of its listing was published without a decision."
