"""Requests to join that nobody answers: the main users are reminded, and in the end the moderators asked."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from organizations import mails
from organizations.actions.standing import member_now
from organizations.models import Membership, Organization, User
from portal.audit import record
from portal.refusals import AlreadyDecided

# After so many days: a reminder, another one, and on to the moderators.
DAYS = (3, 10, 21)


def due_requests(at: datetime) -> Iterator[tuple[Membership, int]]:
    """The requests whose next step has come, with the number of that step. A day that was missed is made up for."""
    waiting = (
        Membership.objects.awaiting_answer()
        .select_related("organization")
        .filter(
            reminders__lt=len(DAYS),
            asked_at__lte=at - timedelta(days=DAYS[0]),
            organization__in=Organization.objects.taking_people_in(),
        )
    )
    for membership in waiting:
        step = sum(at - membership.asked_at >= timedelta(days=days) for days in DAYS)
        if step > membership.reminders:
            yield membership, step


@transaction.atomic
def remind_of_request(membership: Membership, *, by: User, step: int) -> None:
    """Write to those who can answer. Nothing happens when somebody has answered, or reminded, meanwhile."""
    _organization, membership = member_now(membership)
    if membership.state != Membership.State.ASKED or membership.reminders >= step:
        return
    membership.reminders = step
    membership.save(update_fields=["reminders"])
    if step == Membership.PASSED_ON:
        record("passed_on", membership, by=by, organization_id=membership.organization_id)
        mails.tell_moderators_of_request(membership)
    else:
        record("reminded", membership, by=by, organization_id=membership.organization_id)
        mails.remind_main_users_of_request(membership)


def remind_of_requests(at: datetime | None = None) -> int:
    """Take each request that has waited long enough one step on; give how many. Can run again at any time."""
    system = User.objects.system()
    count = 0
    for membership, step in due_requests(at or timezone.now()):
        try:
            remind_of_request(membership, by=system, step=step)
        except AlreadyDecided:
            continue  # its organization has been joined with another one; the next run finds it there
        count += 1
    return count
