"""Two people at the same moment, with real threads on PostgreSQL: an organization always keeps a main user."""

from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest

from organizations import actions, permissions
from organizations.models import Invitation, Membership
from portal.models import AuditEvent
from tests import factories
from tests.listings.test_concurrency import at_once, refused

pytestmark = [
    pytest.mark.concurrency,
    pytest.mark.usefixtures("need_postgresql", "committed_db"),
]


@pytest.fixture
def first():
    return factories.MembershipFactory(main_user=True)


@pytest.fixture
def second(first):
    return factories.MembershipFactory(organization=first.organization, main_user=True)


def main_users(organization) -> int:
    return Membership.objects.main_users().filter(organization=organization).count()


def test_two_main_users_who_remove_each_other_leave_one(first, second):
    results = at_once(
        lambda: actions.remove_member(second, by=first.user),
        lambda: actions.remove_member(first, by=second.user),
    )
    assert len(refused(results)) == 1
    assert main_users(first.organization) == 1


@pytest.mark.parametrize("action", [actions.leave_organization, actions.step_down])
def test_two_main_users_who_go_at_the_same_moment_leave_one(first, second, action):
    results = at_once(
        lambda: action(first.organization, by=first.user),
        lambda: action(first.organization, by=second.user),
    )
    assert len(refused(results)) == 1
    assert main_users(first.organization) == 1


def test_handing_over_to_somebody_who_leaves_at_the_same_moment_leaves_one(first):
    editor = factories.MembershipFactory(organization=first.organization)
    at_once(
        lambda: actions.hand_over(editor, by=first.user),
        lambda: actions.leave_organization(first.organization, by=editor.user),
    )
    assert main_users(first.organization) == 1


def test_one_invitation_lets_one_person_in(first):
    sent = actions.invite(first.organization, by=first.user, email="kutsuttu@example.org", role="editor")
    people = factories.UserFactory.create_batch(2)
    results = at_once(
        *[
            lambda person=person: actions.accept_invitation(Invitation.objects.get(pk=sent.pk), by=person)
            for person in people
        ]
    )
    assert len(refused(results)) == 1
    assert Membership.objects.filter(user__in=people).count() == 1
    assert AuditEvent.objects.filter(verb="accepted", noun="invitation").count() == 1


def test_invitation_is_accepted_or_withdrawn(first):
    sent = actions.invite(first.organization, by=first.user, email="kutsuttu@example.org", role="editor")
    person = factories.UserFactory()
    results = at_once(
        lambda: actions.accept_invitation(sent, by=person),
        lambda: actions.withdraw_invitation(sent, by=first.user),
    )
    assert len(refused(results)) == 1
    is_in = Membership.objects.filter(user=person, state="active").exists()
    assert is_in == (Invitation.objects.get().state == "accepted")


def test_one_person_is_invited_once(first, second):
    results = at_once(
        *[
            lambda who=who: actions.invite(who.organization, by=who.user, email="kutsuttu@example.org", role="editor")
            for who in (first, second)
        ]
    )
    assert len(refused(results)) == 1
    assert Invitation.objects.count() == 1


def test_request_is_let_in_or_not_though_both_looked_before_one_wrote(first, second, monkeypatch):
    asked = factories.MembershipFactory(organization=first.organization, asked=True)
    both_have_looked, may_answer = Barrier(2), permissions.can_answer_request

    def look_together(user, membership):
        # Without a lock both pass here together; with one, nobody else comes.
        with suppress(BrokenBarrierError):
            both_have_looked.wait(timeout=1)
        return may_answer(user, membership)

    monkeypatch.setattr(permissions, "can_answer_request", look_together)
    results = at_once(
        lambda: actions.accept_request(asked, by=first.user),
        lambda: actions.decline_request(asked, by=second.user),
    )
    assert len(refused(results)) == 1
    answers = AuditEvent.objects.filter(noun="membership", verb__in=("accepted", "declined"))
    expected = {"accepted": "active", "declined": "removed"}[answers.get().verb]
    assert Membership.objects.get(pk=asked.pk).state == expected
