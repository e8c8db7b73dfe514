"""What can be done to an organization as a whole."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from organizations import mails, permissions
from organizations.models import Membership, Organization, User
from portal import freshness
from portal.audit import record
from portal.refusals import AlreadyDecided, NotPermitted, Refused
from portal.texts import set_texts

FIELDS = (
    "kind",
    "business_id",
    "association_number",
    "municipality",
    "website",
    "contact_name",
    "contact_email",
    "contact_phone",
)


def _write(organization: Organization, names: Mapping[str, str], facts: Mapping) -> None:
    set_texts(organization, "name", names)
    for field in FIELDS:
        if field in facts:
            setattr(organization, field, facts[field])


def _save(organization: Organization) -> None:
    """Save, or say that another registration with the same number was quicker."""
    try:
        with transaction.atomic():
            organization.save()
    except IntegrityError as error:
        raise Refused(_("Another organization here has this Business ID.")) from error


@transaction.atomic
def register_organization(*, by: User, names: Mapping[str, str], **facts) -> Organization:
    """A new organization, waiting for approval; whoever registers it becomes its main user.

    `names` by language code; `facts` are the fields of `FIELDS`. The form has checked their shape.
    """
    if not permissions.can_register_organization(by):
        raise NotPermitted
    organization = Organization()
    _write(organization, names, facts)
    _save(organization)
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


@transaction.atomic
def change_organization(organization: Organization, *, by: User, names: Mapping[str, str], **facts) -> None:
    """New details. Its kind stays, and so does its name once a moderator has approved it under that name."""
    if not permissions.can_edit_organization(by, organization):
        raise NotPermitted
    before = {field: str(getattr(organization, field) or "") for field in FIELDS}
    names_before = organization.names
    if organization.state == Organization.State.ACTIVE:
        names = names_before
    _write(organization, names, {key: value for key, value in facts.items() if key != "kind"})
    _save(organization)
    changed = [field for field in FIELDS if before[field] != str(getattr(organization, field) or "")]
    if names_before != organization.names:
        changed.append("name")
    if changed:
        record("changed", organization, by=by, organization_id=organization.pk, fields=changed)
        if organization.is_public:
            freshness.raise_version()


def _decide(organization: Organization, state: str, by: User) -> Organization:
    """Move a waiting organization to its decided state, under a row lock."""
    if not permissions.can_decide_organization(by, organization):
        raise NotPermitted
    locked = Organization.objects.select_for_update().get(pk=organization.pk)
    if locked.state != Organization.State.PENDING:
        raise AlreadyDecided
    locked.state = state
    locked.save(update_fields=["state"])
    return locked


@transaction.atomic
def approve_organization(organization: Organization, *, by: User, message: str = "") -> Organization:
    """The organization may publish from now on; its main users are told."""
    organization = _decide(organization, Organization.State.ACTIVE, by)
    freshness.raise_version()
    record("approved", organization, by=by, organization_id=organization.pk)
    mails.tell_organization_approved(organization, message)
    return organization


@transaction.atomic
def decline_organization(organization: Organization, *, by: User, message: str) -> Organization:
    """The organization is not taken in; its main users are told why."""
    organization = _decide(organization, Organization.State.DECLINED, by)
    record("declined", organization, by=by, organization_id=organization.pk, message=message)
    mails.tell_organization_declined(organization, message)
    return organization
