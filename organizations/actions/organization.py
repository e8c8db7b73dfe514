"""An organization comes in: it is registered, and a moderator approves or declines it."""

from collections.abc import Mapping

from django.db import transaction

from organizations import mails, permissions
from organizations.actions.changing import note_register, save, write
from organizations.models import Membership, Organization, User
from organizations.registering.register import Entry
from organizations.states import move
from portal import freshness
from portal.audit import record
from portal.refusals import NotPermitted


@transaction.atomic
def register_organization(
    *, by: User, names: Mapping[str, str], register: Entry | None = None, **facts
) -> Organization:
    """A new organization, waiting for approval; whoever registers it becomes its main user.

    `names` by language code; `facts` are the fields of `FIELDS`. The form has checked their shape. `register` is what
    the open register says of its Business ID.
    """
    if not permissions.can_register_organization(by):
        raise NotPermitted
    organization = Organization()
    write(organization, names, facts)
    note_register(organization, register)
    save(organization)
    organization.slug = organization.make_slug()
    organization.save(update_fields=["slug"])
    Membership.objects.create(
        organization=organization,
        user=by,
        role=Membership.Role.MAIN_USER,
        state=Membership.State.ACTIVE,
    )
    record("registered", organization, by=by, organization_id=organization.pk, names=dict(names))
    return organization


def _decide(organization: Organization, name: str, by: User) -> Organization:
    if not permissions.can_decide_organization(by, organization):
        raise NotPermitted
    return move(organization, name)


@transaction.atomic
def approve_organization(organization: Organization, *, by: User, message: str = "") -> Organization:
    """The organization may publish from now on; its main users are told."""
    organization = _decide(organization, "approve", by)
    freshness.raise_version()
    record("approved", organization, by=by, organization_id=organization.pk)
    mails.tell_organization_approved(organization, message)
    return organization


@transaction.atomic
def decline_organization(organization: Organization, *, by: User, message: str) -> Organization:
    """The organization is not taken in; its main users are told why."""
    organization = _decide(organization, "decline", by)
    record("declined", organization, by=by, organization_id=organization.pk, message=message)
    mails.tell_organization_declined(organization, message)
    return organization
