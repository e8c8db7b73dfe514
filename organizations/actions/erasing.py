"""An account is erased: what is personal goes, what others have a right to stays under a number that names nobody."""

from copy import copy
from functools import partial

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organizations import mails, permissions
from organizations.actions.standing import set_standing
from organizations.locking import locked
from organizations.models import Membership, Organization, User
from organizations.privacy import erased
from organizations.privacy.my_data import addresses_of, rows_by_person, rows_found_by, rows_of
from portal import freshness
from portal.audit import record, take_out_names
from portal.personal_data import all_held
from portal.refusals import AlreadyDecided, NotPermitted, Refused


class HandOverFirst(Refused):
    """The person is the only main user of organizations in which others write."""

    message = _(
        "You are the only main user of an organization that has other members. Make one of them main user first."
    )


class LastOperator(Refused):
    """Without this person nobody could run the portal."""

    message = _("This is the last account of an operator. Make somebody else an operator first.")


def organizations_left_alone(user: User) -> tuple[list[Organization], list[Organization]]:
    """Those that would have no main user without the person: first those with other members, then those with none."""
    mine = (
        Organization.objects.managed_by(user)
        .exclude(state__in=Organization.CLOSED_STATES)
        .order_by("pk")
        .prefetch_related("memberships__user")
    )
    with_others, without = [], []
    for organization in mine:
        others = [
            one
            for one in organization.memberships.all()
            if one.state == Membership.State.ACTIVE and one.user_id != user.pk and one.user.is_active
        ]
        if not others:
            without.append(organization)
        elif not any(one.role == Membership.Role.MAIN_USER for one in others):
            with_others.append(organization)
    return with_others, without


def _refuse_what_must_not_be(user: User, by: User) -> None:
    if user.erased_at is not None:
        raise AlreadyDecided
    if not permissions.can_erase_account(by, user):
        raise NotPermitted
    if user.is_staff and user.is_active and not User.objects.operators().exclude(pk=user.pk).exists():
        raise LastOperator
    # The right to be forgotten does not wait for others: an operator or the schedule leaves it to the moderators.
    if by.pk == user.pk and organizations_left_alone(user)[0]:
        raise HandOverFirst


def _empty_and_delete(user: User) -> None:
    """What the declarations of personal data say of the rows of this person."""
    addresses = addresses_of(user)
    for held in all_held():
        if held.emptied:
            found = rows_found_by(held, held.by_address, addresses) if held.by_address else rows_by_person(held, user)
            found.update(**dict.fromkeys(held.emptied, ""))
        if held.is_deleted:
            rows_of(held, user, addresses).delete()


def _take_out_of_the_logs(user: User, texts: list[str], by: User) -> None:
    take_out_names(user, texts, user.erased_name, about=user.memberships.all(), by=by)
    about_the_account = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(User), object_id=str(user.pk)
    )
    about_the_account.update(object_repr=user.erased_name)


@transaction.atomic
def erase_account(user: User, *, by: User) -> User:
    """Erase an account, for the person themselves, an operator or the schedule. A last mail confirms it."""
    for organization in Organization.objects.filter(memberships__user=user).order_by("pk"):
        locked(organization)
    user = User.objects.select_for_update().get(pk=user.pk)
    _refuse_what_must_not_be(user, by)
    before = copy(user)
    texts = [text for text in (user.name, user.email, *addresses_of(user)) if text]
    record("erased", user, by=by)
    _empty_and_delete(user)
    for one in user.memberships.exclude(state=Membership.State.REMOVED).select_related("organization"):
        set_standing(one.organization, user, state=Membership.State.REMOVED, role=one.role)
    user.name, user.email = "", f"{user.erased_name}@portal.invalid"
    user.is_active = user.is_moderator = user.is_staff = user.is_superuser = False
    user.last_login = user.warned_at = None
    user.silence_warnings = 0
    user.erased_at = timezone.now()
    user.set_unusable_password()
    user.save()
    _take_out_of_the_logs(user, texts, by)
    # A contact may have gone from a public page.
    freshness.raise_version()
    mails.tell_account_erased(before)
    transaction.on_commit(partial(erased.remember, user), robust=True)
    return user
