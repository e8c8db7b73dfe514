"""Keeps beside a version which rules noticed something in it, so that the queue can be filtered by them.

Findings are computed wherever they are shown; for fifty thousand waiting versions at once that would take minutes.
Kept when a version is handed in, and anew when the rules, or the organization's name or kind, become others.
"""

from collections.abc import Iterable

from listings.answers import findings_of
from listings.eligibility import Finding, Severity
from listings.models import Version
from organizations.models import Organization

CHUNK = 500


def noticed_codes(findings: Iterable[Finding]) -> str:
    """The codes of what a moderator has to judge, each between spaces, so that one can be looked for."""
    codes = [finding.code for finding in findings if finding.severity != Severity.ADVICE]
    return f" {' '.join(dict.fromkeys(codes))} " if codes else ""


def keep_noticed(version: Version, findings: Iterable[Finding]) -> None:
    """Keep what the rules notice in a version. Called inside the action's transaction."""
    version.noticed = noticed_codes(findings)
    Version.objects.filter(pk=version.pk).update(noticed=version.noticed)


def renew_noticed(organization: Organization | None = None) -> int:
    """Look again at all that waits, or at what waits of one organization; how many have become others."""
    versions = (
        Version.objects.awaiting_decision()
        .select_related("listing__organization")
        .prefetch_related("form_rows", "target_groups", "languages", "municipalities")
        .order_by("pk")
    )
    if organization is not None:
        versions = versions.filter(listing__organization=organization)
    renewed, chunk = 0, list(versions[:CHUNK])
    while chunk:
        for version in chunk:
            codes = noticed_codes(findings_of(version))
            if codes != version.noticed:
                renewed += Version.objects.filter(pk=version.pk).update(noticed=codes)
        chunk = list(versions.filter(pk__gt=chunk[-1].pk)[:CHUNK])
    return renewed
