"""An organization's details: a new name or kind by leave of a moderator, all others at once."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organizations import organization_mails as mails
from organizations import permissions
from organizations.addresses import readdress
from organizations.locking import locked
from organizations.models import Organization, OrganizationChange, User
from organizations.registering.register import Entry
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
State = OrganizationChange.State


class ChangeWaits(Refused):
    """One change of name or kind waits at a time."""

    message = _("A change of the name or kind waits already. Take it back first, if you want another one.")


def write(organization: Organization, names: Mapping[str, str], facts: Mapping[str, Any]) -> None:
    """Put names and details into the row. It is not saved yet."""
    set_texts(organization, "name", names)
    for field in FIELDS:
        if field in facts:
            setattr(organization, field, facts[field])


def save(organization: Organization) -> None:
    """Save, or say that another organization with the same number was quicker."""
    try:
        with transaction.atomic():
            organization.save()
    except IntegrityError as error:
        raise Refused(_("Another organization here has this Business ID.")) from error


def note_register(organization: Organization, entry: Entry | None) -> None:
    """Put into the row what the open register says of its Business ID; empty it when nothing is known."""
    organization.register_name = entry.name[:200] if entry else ""
    organization.register_form = entry.form[:80] if entry else ""
    organization.register_checked_at = timezone.now() if entry else None


@transaction.atomic
def change_organization(
    organization: Organization,
    *,
    by: User,
    names: Mapping[str, str],
    reason: str = "",
    register: Entry | None = None,
    **facts: Any,
) -> OrganizationChange | None:
    """Save new details. A new name or kind of an approved organization waits for a moderator: returns what waits.

    `ChangeWaits` when another name or kind waits already; then nothing is saved.
    """
    organization = locked(organization)
    if not permissions.can_edit_organization(by, organization):
        raise NotPermitted
    before = _details(organization)
    names, kind = dict(names), facts.pop("kind", organization.kind)
    asked = None
    if organization.is_approved:
        if (names, kind) != (organization.names, organization.kind):
            asked = _ask(organization, names, kind, reason, by)
        names, kind = organization.names, organization.kind
    write(organization, names, {**facts, "kind": kind})
    if organization.business_id != before["business_id"]:
        note_register(organization, register)
    if organization.names != before["name"] and not organization.is_approved:
        readdress(organization)
    save(organization)
    after = _details(organization)
    changed = [field for field in after if before[field] != after[field]]
    if changed:
        record("changed", organization, by=by, organization_id=organization.pk, fields=changed)
        if organization.is_public:
            freshness.raise_version()
    return asked


def _details(organization: Organization) -> dict[str, Any]:
    return {**{field: str(getattr(organization, field) or "") for field in FIELDS}, "name": organization.names}


def _ask(organization: Organization, names: dict[str, str], kind: str, reason: str, by: User) -> OrganizationChange:
    """Let a new name or kind wait. The same one a second time is the one that waits already."""
    waiting = organization.changes.awaiting_decision().first()
    if waiting is not None:
        if (waiting.names, waiting.kind) != (names, kind):
            raise ChangeWaits
        return waiting
    change = OrganizationChange.objects.create(
        organization=organization, names=names, kind=kind, reason=reason, asked_by=by
    )
    fields = [*(["name"] if names != organization.names else []), *(["kind"] if kind != organization.kind else [])]
    record("asked_for", change, by=by, organization_id=organization.pk, fields=fields)
    return change


def _close(change: OrganizationChange, state: str, by: User, message: str = "") -> OrganizationChange:
    """Answer a change that waits. Its organization is locked by the caller."""
    change = OrganizationChange.objects.select_for_update().get(pk=change.pk)
    if change.state != State.WAITING:
        raise AlreadyDecided
    change.state, change.decided_by, change.decided_at, change.message = state, by, timezone.now(), message
    change.save(update_fields=["state", "decided_by", "decided_at", "message"])
    return change


@transaction.atomic
def withdraw_change(change: OrganizationChange, *, by: User) -> OrganizationChange:
    """Take back a change that waits."""
    organization = locked(change.organization)
    if not permissions.can_edit_organization(by, organization):
        raise NotPermitted
    change = _close(change, State.WITHDRAWN, by)
    record("withdrew", change, by=by, organization_id=organization.pk)
    return change


@transaction.atomic
def accept_change(change: OrganizationChange, *, by: User, message: str = "") -> OrganizationChange:
    """The organization has its new name and kind from now on; its address follows, and the old one leads there."""
    organization = locked(change.organization)
    if not permissions.can_decide_organization(by, organization):
        raise NotPermitted
    if not organization.is_approved:
        raise AlreadyDecided
    change = _close(change, State.ACCEPTED, by, message)
    # Before the new address is saved, because whoever publishes a listing waits in this order.
    freshness.raise_version()
    before = organization.names
    write(organization, change.names, {"kind": change.kind})
    readdress(organization)
    save(organization)
    record("accepted", change, by=by, organization_id=organization.pk, names_before=before)
    mails.tell_change_accepted(organization, change)
    return change


@transaction.atomic
def decline_change(change: OrganizationChange, *, by: User, message: str) -> OrganizationChange:
    """The name and kind stay as they are; the main users are told why."""
    organization = locked(change.organization)
    if not permissions.can_decide_organization(by, organization):
        raise NotPermitted
    change = _close(change, State.DECLINED, by, message)
    record("declined", change, by=by, organization_id=organization.pk)
    mails.tell_change_declined(organization, change)
    return change


@transaction.atomic
def save_register_entry(organization: Organization, entry: Entry, *, by: User) -> Organization:
    """Keep what the open register says now, for the moderators."""
    organization = locked(organization)
    if not permissions.can_decide_organization(by, organization):
        raise NotPermitted
    before = (organization.register_name, organization.register_form)
    note_register(organization, entry)
    organization.save(update_fields=["register_name", "register_form", "register_checked_at"])
    if before != (organization.register_name, organization.register_form):
        record("checked_register", organization, by=by, organization_id=organization.pk)
    return organization
