"""Deciding: the move, the decision that is kept, and the mail to the author, in one transaction."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from listings import actions as listing_actions
from listings.answers import findings_of
from listings.eligibility import RULES, Finding, Severity
from listings.models import Listing, Version
from listings.rule_set import current_rule_set
from listings.states import WrongState
from moderation import mails
from moderation.models import Decision
from organizations import actions as organization_actions
from organizations.mails import main_users
from organizations.models import Organization, User
from portal.refusals import Refused

Outcome = Decision.Outcome


class ReasonMissing(Refused):
    """The author is owed a reason."""

    message = _("Choose a reason or write a message. The author needs to know why.")


def _as_data(finding: Finding) -> dict:
    return {"code": finding.code, "severity": finding.severity.value, "field": finding.field}


def _decide(
    version: Version, outcome: str, *, by: User, reasons: Sequence[str], message: str, findings: list[Finding]
) -> Decision:
    unknown = set(reasons) - set(RULES)
    if unknown:
        raise KeyError(f"Reasons are rule codes; unknown: {', '.join(sorted(unknown))}")
    decision = Decision.objects.create(
        version=version,
        outcome=outcome,
        reasons=list(reasons),
        message=message,
        language=version.author.mail_language,
        findings=[_as_data(finding) for finding in findings if finding.severity != Severity.ADVICE],
        rule_set=current_rule_set().version,
        moderator=by,
    )
    mails.tell_author(decision, version)
    return decision


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
    findings = findings_of(version)
    version = listing_actions.publish_version(version, by=by)
    return _decide(version, Outcome.PUBLISHED, by=by, reasons=reasons, message=message, findings=findings)


@transaction.atomic
def send_back(version: Version, *, by: User, reasons: Sequence[str], message: str, seen: str = "") -> Decision:
    """The author changes it and submits it again."""
    if not reasons and not message.strip():
        raise ReasonMissing
    version = _as_it_is_now(version, seen)
    findings = findings_of(version)
    version = listing_actions.return_version(version, by=by, reasons=reasons)
    return _decide(version, Outcome.RETURNED, by=by, reasons=reasons, message=message, findings=findings)


@transaction.atomic
def reject(version: Version, *, by: User, reasons: Sequence[str], message: str, seen: str = "") -> Decision:
    """The version ends here."""
    if not reasons and not message.strip():
        raise ReasonMissing
    version = _as_it_is_now(version, seen)
    findings = findings_of(version)
    version = listing_actions.reject_version(version, by=by, reasons=reasons)
    return _decide(version, Outcome.REJECTED, by=by, reasons=reasons, message=message, findings=findings)


def _decide_organization(organization: Organization, outcome: str, by: User, message: str) -> Decision:
    readers = main_users(organization)
    return Decision.objects.create(
        organization=organization,
        outcome=outcome,
        message=message,
        language=readers[0].mail_language if readers else by.mail_language,
        rule_set=current_rule_set().version,
        moderator=by,
    )


@transaction.atomic
def approve_organization(organization: Organization, *, by: User, message: str = "") -> Decision:
    """The organization may publish from now on."""
    organization = organization_actions.approve_organization(organization, by=by, message=message)
    return _decide_organization(organization, Outcome.APPROVED, by, message)


@transaction.atomic
def decline_organization(organization: Organization, *, by: User, message: str) -> Decision:
    """The organization is not taken in."""
    if not message.strip():
        raise ReasonMissing(_("Write a message. The organization needs to know why."))
    organization = organization_actions.decline_organization(organization, by=by, message=message)
    return _decide_organization(organization, Outcome.DECLINED, by, message)
