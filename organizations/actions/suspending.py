"""A moderator takes an organization away from readers, and lets it come back. Its listings follow its state."""

from django.db import transaction

from organizations import organization_mails as mails
from organizations import permissions
from organizations.models import Organization, User
from organizations.states import move
from portal import freshness
from portal.audit import record
from portal.refusals import NotPermitted


def _move(organization: Organization, name: str, by: User) -> Organization:
    if not permissions.can_decide_organization(by, organization):
        raise NotPermitted
    organization = move(organization, name)
    freshness.raise_version()
    return organization


@transaction.atomic
def suspend_organization(organization: Organization, *, by: User, message: str) -> Organization:
    """Readers see neither it nor its listings. Its members are told why; they can read and write drafts."""
    organization = _move(organization, "suspend", by)
    record("suspended", organization, by=by, organization_id=organization.pk)
    mails.tell_members_of_suspension(organization, message)
    return organization


@transaction.atomic
def reinstate_organization(organization: Organization, *, by: User, message: str) -> Organization:
    """Readers see it again, with the listings that have not run out meanwhile."""
    organization = _move(organization, "reinstate", by)
    record("reinstated", organization, by=by, organization_id=organization.pk)
    mails.tell_members_of_reinstatement(organization, message)
    return organization
