"""An organization's logo: a new file for each picture, the old one deleted when the new one is sure."""

import logging
from contextlib import suppress

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from organizations import permissions
from organizations.locking import locked
from organizations.logos import Logo
from organizations.models import Organization, User
from portal import freshness
from portal.audit import record
from portal.refusals import AlreadyDecided, NotPermitted, Refused

logger = logging.getLogger(__name__)
FIELDS = ("logo", "logo_alt", "logo_width", "logo_height")


class NotStored(Refused):
    """The storage did not take the picture: the disk is full, or the bucket does not answer."""

    message = _("The picture could not be stored now. Nothing was changed. Try again later.")


def _editable(organization: Organization, by: User) -> Organization:
    organization = locked(organization)
    if not permissions.can_edit_organization(by, organization):
        raise NotPermitted
    if organization.state in Organization.CLOSED_STATES:
        raise AlreadyDecided
    return organization


@transaction.atomic
def change_logo(organization: Organization, *, by: User, logo: Logo | None, alt: str) -> Organization:
    """Show a new picture, or with None the one that is there, under these words. The same again changes nothing."""
    organization = _editable(organization, by)
    if logo is None and not organization.logo:
        raise AlreadyDecided
    is_new = logo is not None and not _is_shown(organization, logo)
    if not is_new and alt == organization.logo_alt:
        return organization
    if logo is not None and is_new:
        _delete_file_later(organization)
        _store(organization, logo)
        organization.logo_width, organization.logo_height = logo.width, logo.height
    organization.logo_alt = alt
    return _saved(organization, by, "changed_logo")


@transaction.atomic
def remove_logo(organization: Organization, *, by: User) -> Organization:
    """Show none."""
    organization = _editable(organization, by)
    if not organization.logo:
        raise AlreadyDecided
    _delete_file_later(organization)
    organization.logo, organization.logo_alt = "", ""
    organization.logo_width = organization.logo_height = None
    return _saved(organization, by, "removed_logo")


def _saved(organization: Organization, by: User, verb: str) -> Organization:
    organization.save(update_fields=FIELDS)
    record(verb, organization, by=by, organization_id=organization.pk)
    if organization.is_public:
        freshness.raise_version()
    return organization


def _store(organization: Organization, logo: Logo) -> None:
    file, name = organization.logo, logo.name  # another one each time
    try:
        file.save(name, ContentFile(logo.content), save=False)
    except Exception as error:  # each kind of storage has errors of its own
        logger.error("A logo could not be stored: %s", error)
        with suppress(Exception):  # what was written before there was no more room
            file.storage.delete(file.field.generate_filename(organization, name))
        raise NotStored from error


def _is_shown(organization: Organization, logo: Logo) -> bool:
    """Whether the stored picture is this one: the same file gives the same bytes."""
    if not organization.logo or not organization.logo.storage.exists(organization.logo.name):
        return False
    with organization.logo.open("rb") as stored:
        return stored.read() == logo.content


def _delete_file_later(organization: Organization) -> None:
    storage, name = organization.logo.storage, organization.logo.name
    if name:
        # Robust: the new logo is saved by then, whatever becomes of the old file.
        transaction.on_commit(lambda: storage.delete(name), robust=True)
