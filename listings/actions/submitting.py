"""Handing a version to the moderators, and taking it back."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from listings import permissions, trust
from listings.actions.publishing import make_public
from listings.answers import findings_of
from listings.completeness import Missing, missing_answers
from listings.eligibility import Finding, Severity
from listings.models import Listing, Version
from listings.noticing import keep_noticed
from listings.states import move
from organizations.models import User
from portal.audit import record
from portal.refusals import NotPermitted, Refused


class Blocked(Refused):
    """A rule stops the version; `findings` are those that block."""

    message = _("A rule stops this listing. See what you can do instead.")

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        super().__init__()


class Incomplete(Refused):
    """Answers are missing; `missing` says which."""

    message = _("Some answers are still missing.")

    def __init__(self, missing: list[Missing]) -> None:
        self.missing = missing
        super().__init__()


@transaction.atomic
def submit_version(version: Version, *, by: User, may_be_over: bool = False) -> Version:
    """Hand a version to the moderators. `Blocked`, `Incomplete`, `NotPermitted` or `WrongState` when it cannot be.

    An import of older data `may_be_over`: it is taken, though readers no longer see it.
    What `listings.trust` lets through is public at once and traced as `published_unreviewed`.
    """
    if not permissions.can_submit(by, version):
        raise NotPermitted(_("Your organization has to be approved first. Your draft is safe."))
    Listing.objects.select_for_update().get(pk=version.listing_id)
    version = Version.objects.select_related("listing__organization").get(pk=version.pk)
    findings = findings_of(version)
    blocks = [finding for finding in findings if finding.severity == Severity.BLOCK]
    if blocks:
        raise Blocked(blocks)
    missing = missing_answers(version, may_be_over=may_be_over)
    if missing:
        raise Incomplete(missing)
    changed = trust.changes_to_what_readers_see(version)
    version.submitted_at = timezone.now()
    move(version, "submit")
    keep_noticed(version, findings)
    organization_id = version.listing.organization_id
    record(
        "submitted",
        version,
        by=by,
        organization_id=organization_id,
        findings=[finding.code for finding in findings if finding.severity == Severity.REVIEW],
        fields=changed,
    )
    if trust.goes_public_at_once(version, changed=changed, findings=findings):
        make_public(version)
        record("published_unreviewed", version, by=by, organization_id=organization_id, fields=changed)
        trust.draw_sample(version)
    return version


@transaction.atomic
def take_back_version(version: Version, *, by: User) -> Version:
    """Take a submitted version back to a draft, before anybody has decided."""
    if not permissions.can_edit_listing(by, version.listing):
        raise NotPermitted
    move(version, "take_back")
    record("took_back", version, by=by, organization_id=version.listing.organization_id)
    return version
