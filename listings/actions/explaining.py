"""What the writer tells the moderator about findings."""

from collections.abc import Mapping

from django.db import transaction

from listings import permissions
from listings.eligibility import RULES
from listings.models import Listing, Version
from organizations.models import User
from portal.audit import record
from portal.refusals import AlreadyDecided, NotPermitted


@transaction.atomic
def explain_findings(version: Version, *, by: User, explanations: Mapping[str, str]) -> Version:
    """Save explanations by rule into a draft. Rules that are not given keep theirs; an empty text takes it away.

    Explanations of findings that are no longer there stay, in case the finding comes back, but nobody is shown them.
    """
    unknown = set(explanations) - set(RULES)
    if unknown:
        raise KeyError(f"There are no such rules: {', '.join(sorted(unknown))}")
    if not permissions.can_edit_listing(by, version.listing):
        raise NotPermitted
    listing = Listing.objects.select_for_update().get(pk=version.listing_id)
    version = Version.objects.select_related("listing__organization").get(pk=version.pk)
    if not version.is_editable:
        raise AlreadyDecided
    known = {code: text for code, text in {**version.explanations, **explanations}.items() if text}
    if known != version.explanations:
        version.explanations = known
        version.save(update_fields=["explanations", "changed_at"])
        record("explained", version, by=by, organization_id=listing.organization_id, rules=sorted(known))
    return version
