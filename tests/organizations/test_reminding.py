"""Requests that nobody answers: reminded after 3 and 10 days, with the moderators after 21. The clock is moved."""

from datetime import timedelta

import pytest
from django.utils import timezone
from post_office.models import Email

from organizations import actions
from organizations.actions.reminding import remind_of_requests
from organizations.models import Membership, Organization
from organizations.permissions import can_answer_request
from portal.models import AuditEvent
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(organization, main_user):
    return actions.ask_to_join(organization, by=factories.UserFactory(), message="Ohjaan kerhoa.")


def told_after(days: float) -> list[str]:
    """To whom the run on this day writes."""
    before = Email.objects.count()
    remind_of_requests(timezone.now() + timedelta(days=days))
    return [address for mail in Email.objects.order_by("pk")[before:] for address in mail.to]


def test_main_users_are_reminded_twice_and_then_the_moderators_asked(asked, main_user, moderator):
    steps = {day: told_after(day) for day in (1, 2.9, 3, 3.1, 9, 10, 11, 20, 21, 22, 60)}
    expected = {3: [main_user.email], 10: [main_user.email], 21: [moderator.email]}
    assert {day: told for day, told in steps.items() if told} == expected
    assert list(AuditEvent.objects.exclude(verb="asked_to_join").values_list("verb", flat=True)) == [
        "passed_on",
        "reminded",
        "reminded",
    ]


def test_moderator_may_answer_only_what_was_passed_on(asked, main_user, moderator):
    assert not can_answer_request(moderator, asked)
    told_after(21)
    assert can_answer_request(moderator, asked)
    assert can_answer_request(main_user, asked)
    assert not can_answer_request(
        factories.MembershipFactory(user=moderator, organization=asked.organization).user, asked
    )


def test_days_without_a_worker_are_made_up_for_with_one_mail(asked, main_user, moderator):
    assert told_after(12) == [main_user.email]
    assert told_after(12.5) == []
    assert told_after(40) == [moderator.email]


def test_answered_request_is_not_reminded_of(asked, main_user):
    actions.decline_request(asked, by=main_user)
    assert told_after(30) == []


def test_asking_again_starts_anew(asked, main_user):
    Membership.objects.filter(pk=asked.pk).update(asked_at=timezone.now() - timedelta(days=30), reminders=3)
    actions.decline_request(asked, by=main_user)
    again = actions.ask_to_join(asked.organization, by=asked.user, message="Vielä kerran.")
    assert (again.reminders, again.message) == (0, "Vielä kerran.")
    assert told_after(1) == []


def test_request_where_nobody_acts_any_more_is_left_alone(asked):
    Organization.objects.update(state=Organization.State.DECLINED)
    assert told_after(30) == []
