"""A local branch asks to belong to a municipality or national organization, whose main users answer.

One level: what is a branch has none of its own, so that nothing can go round in a circle.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from organizations import organization_mails as mails
from organizations import permissions
from organizations.locking import locked_pair
from organizations.mails import main_users
from organizations.models import Organization, User
from portal import freshness
from portal.audit import record
from portal.refusals import AlreadyDecided, NotPermitted, Refused


def _check(branch: Organization, parent: Organization) -> None:
    """`Refused` when the one cannot be a branch of the other."""
    if branch.state not in (Organization.State.PENDING, Organization.State.ACTIVE) or not parent.is_public:
        raise AlreadyDecided
    if branch.pk == parent.pk:
        raise Refused(_("An organization cannot belong to itself."))
    if parent.parent_id is not None:
        raise Refused(_("That organization is a branch itself. Choose the one that it belongs to."))
    if branch.branches.exists():
        raise Refused(_("Your organization has branches. It cannot be a branch of another one."))
    if not main_users(parent):
        raise Refused(_("Nobody answers for that organization here now. Ask the moderators."))


@transaction.atomic
def ask_parent(branch: Organization, *, parent: Organization, by: User) -> Organization:
    """Ask to belong to another organization; its main users are told. Who answers for both has answered already."""
    branch, parent = locked_pair(branch, parent)
    if not permissions.can_edit_organization(by, branch):
        raise NotPermitted
    _check(branch, parent)
    if parent.pk in (branch.parent_id, branch.asked_parent_id):
        raise AlreadyDecided
    branch.asked_parent = parent
    branch.save(update_fields=["asked_parent"])
    record("asked_for_parent", branch, by=by, organization_id=branch.pk, parent=parent.pk)
    if permissions.can_edit_organization(by, parent):
        return accept_branch(branch, parent=parent, by=by)
    mails.tell_of_asking_branch(branch, parent)
    return branch


@transaction.atomic
def accept_branch(branch: Organization, *, parent: Organization, by: User) -> Organization:
    """The one belongs to the other from now on, and readers see it."""
    branch, parent = locked_pair(branch, parent)
    if not permissions.can_edit_organization(by, parent):
        raise NotPermitted
    if branch.asked_parent_id != parent.pk:
        raise AlreadyDecided
    _check(branch, parent)
    branch.parent, branch.asked_parent = parent, None
    branch.save(update_fields=["parent", "asked_parent"])
    freshness.raise_version()
    record("accepted_branch", branch, by=by, organization_id=parent.pk)
    mails.tell_branch_accepted(branch, parent)
    return branch


@transaction.atomic
def release_branch(branch: Organization, *, parent: Organization, by: User) -> Organization:
    """The one does not belong to the other: a request is declined, or a branch let go. Its main users are told."""
    branch, parent = locked_pair(branch, parent)
    if not permissions.can_edit_organization(by, parent):
        raise NotPermitted
    _part(branch, parent)
    record("released_branch", branch, by=by, organization_id=parent.pk)
    mails.tell_branch_released(branch, parent)
    return branch


@transaction.atomic
def leave_parent(branch: Organization, *, parent: Organization, by: User) -> Organization:
    """Take back the request, or belong to it no more."""
    branch, parent = locked_pair(branch, parent)
    if not permissions.can_edit_organization(by, branch):
        raise NotPermitted
    _part(branch, parent)
    record("left_parent", branch, by=by, organization_id=branch.pk, parent=parent.pk)
    return branch


def _part(branch: Organization, parent: Organization) -> None:
    if branch.asked_parent_id == parent.pk:
        branch.asked_parent = None
    elif branch.parent_id == parent.pk:
        branch.parent = None
        freshness.raise_version()
    else:
        raise AlreadyDecided
    branch.save(update_fields=["parent", "asked_parent"])
