"""A moderator's word on whether an organization may publish without a decision before. It outweighs its record."""

from django.db import transaction

from organizations import organization_mails as mails
from organizations import permissions
from organizations.locking import locked
from organizations.models import Organization, User
from portal.audit import record
from portal.refusals import AlreadyDecided, NotPermitted

Trust = Organization.Trust


def _set_trust(organization: Organization, trust: str, by: User) -> Organization:
    if not permissions.can_decide_organization(by, organization):
        raise NotPermitted
    organization = locked(organization)
    if organization.state != Organization.State.ACTIVE or organization.trust == trust:
        raise AlreadyDecided
    organization.trust = trust
    organization.save(update_fields=["trust"])
    return organization


@transaction.atomic
def trust_organization(organization: Organization, *, by: User, message: str) -> Organization:
    """What it sends is public at once when the rules find nothing."""
    organization = _set_trust(organization, Trust.GRANTED, by)
    record("trusted", organization, by=by, organization_id=organization.pk)
    mails.tell_of_trust(organization, message)
    return organization


@transaction.atomic
def distrust_organization(organization: Organization, *, by: User, message: str) -> Organization:
    """A moderator decides on all that it sends, whatever its record."""
    organization = _set_trust(organization, Trust.WITHDRAWN, by)
    record("distrusted", organization, by=by, organization_id=organization.pk)
    mails.tell_of_distrust(organization, message)
    return organization
