"""How a decision on a version is kept and told. Called by the actions that may do so, inside their transaction."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from listings.eligibility import RULES, Finding, RuleSet, Severity
from listings.models import Version
from moderation import mails
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
) -> Decision:
    """Keep the decision with what the rules said and under which limits, and tell whom it concerns."""
    unknown = set(reasons) - set(RULES)
    if unknown:
        raise KeyError(f"Reasons are rule codes; unknown: {', '.join(sorted(unknown))}")
    decision = Decision.objects.create(
        version=version,
        outcome=outcome,
        reasons=list(reasons),
        message=message,
        language=version.author.mail_language,
        findings=as_data(findings),
        rule_set=rule_set.version,
        limits=rule_set.limits,
        moderator=by,
    )
    mails.tell_author(decision, version)
    return decision
