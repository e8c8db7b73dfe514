"""Whether readers see a version as soon as it is sent, and the check afterwards of some that they do.

What an organization has earned stands in decisions, which belong to an app that this one may not import: settings name
who reads them (`IS_TRUSTED`, `NEEDS_NO_DECISION`) and who draws the sample (`DRAW_SAMPLE`). See `docs/adr/0011`.
"""

from collections.abc import Collection, Iterable

from django.conf import settings
from django.utils.module_loading import import_string

from listings.answers import SCHEDULE_PLACE_AND_CONTACT, changed_fields
from listings.eligibility import Finding, Severity
from listings.models import Version
from organizations.models import Organization


def is_trusted(organization: Organization) -> bool:
    """Whether what the organization sends may be public at once."""
    return import_string(settings.IS_TRUSTED)(organization)


def changes_to_what_readers_see(version: Version) -> list[str]:
    """The answers in which it differs from the published version; none when there is no such version."""
    published = version.listing.published_version
    return changed_fields(published, version) if published is not None else []


def goes_public_at_once(version: Version, *, changed: Collection[str], findings: Iterable[Finding]) -> bool:
    """Whether nobody has to decide on it before: the activity is the same one as readers see, or its sender is trusted.

    `changed` are the answers in which it differs from what readers see, `findings` what the rules say of it.
    """
    if changed and set(changed) <= SCHEDULE_PLACE_AND_CONTACT:
        return True
    is_clean = not any(finding.severity == Severity.REVIEW for finding in findings)
    return is_clean and import_string(settings.NEEDS_NO_DECISION)(version)


def draw_sample(version: Version) -> None:
    """Have some of what became public without a decision checked afterwards. Inside the transaction that published."""
    import_string(settings.DRAW_SAMPLE)(version)
