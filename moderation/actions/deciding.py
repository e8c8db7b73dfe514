"""How a decision on a version is kept and told. Called by the actions that may do so, inside their transaction."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from listings.eligibility import RULES, Finding, RuleSet, Severity
from listings.models import Version
from listings.snapshots import snapshot_of
from moderation import mails
from moderation.judging.noting import LABELS
from moderation.models import Decision
from organizations.models import User
from portal.refusals import Refused


class ReasonMissing(Refused):
    """The author is owed a reason."""

    message = _("Choose a reason or write a message. The author needs to know why.")


def as_data(findings: Sequence[Finding]) -> list[dict[str, str]]:
    """What is kept of findings. Advice is for the author alone and is left out."""
    return [
        {"code": finding.code, "severity": finding.severity.value, "field": finding.field}
        for finding in findings
        if finding.severity != Severity.ADVICE
    ]


def decide(
    version: Version,
    outcome: str,
    *,
    by: User,
    reasons: Sequence[str],
    message: str,
    findings: Sequence[Finding],
    rule_set: RuleSet,
    notes: Mapping[str, str] | None = None,
) -> Decision:
    """Keep the decision with what the rules said and under which limits, and tell whom it concerns."""
    unknown = set(reasons) - set(RULES)
    if unknown:
        raise KeyError(f"Reasons are rule codes; unknown: {', '.join(sorted(unknown))}")
    nameless = set(notes or {}) - set(LABELS)
    if nameless:
        raise KeyError(f"Notes are about answers; unknown: {', '.join(sorted(nameless))}")
    decision = Decision.objects.create(
        version=version,
        outcome=outcome,
        reasons=list(reasons),
        message=message,
        notes=dict(notes or {}),
        language=version.author.mail_language,
        findings=as_data(findings),
        rule_set=rule_set.version,
        limits=rule_set.limits,
        moderator=by,
        # Its author changes it in the same row.
        snapshot=snapshot_of(version) if outcome == Decision.Outcome.RETURNED else {},
    )
    mails.tell_author(decision, version)
    return decision
