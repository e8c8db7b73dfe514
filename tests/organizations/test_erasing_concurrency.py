"""Two main users delete their accounts at the same moment: one of them still answers for the organization."""

import pytest

from organizations import actions
from organizations.actions.erasing import HandOverFirst
from organizations.models import Membership, User
from tests import factories
from tests.listings.test_concurrency import at_once

pytestmark = [
    pytest.mark.concurrency,
    pytest.mark.usefixtures("need_postgresql", "committed_db"),
]


@pytest.mark.parametrize("_run", range(3))
def test_two_main_users_who_delete_their_accounts_leave_one(_run):
    organization = factories.OrganizationFactory(active=True)
    one, other = (factories.MembershipFactory(organization=organization, main_user=True).user for _person in range(2))
    factories.MembershipFactory(organization=organization)
    answers = at_once(
        lambda: actions.erase_account(one, by=one),
        lambda: actions.erase_account(other, by=other),
    )
    assert [type(answer) for answer in answers].count(HandOverFirst) == 1
    left = Membership.objects.active().filter(organization=organization, role=Membership.Role.MAIN_USER)
    assert left.count() == 1


def test_account_erased_twice_is_erased_once():
    user = factories.UserFactory()
    operator = factories.UserFactory(operator=True)
    answers = at_once(
        lambda: actions.erase_account(user, by=user),
        lambda: actions.erase_account(user, by=operator),
    )
    assert [isinstance(answer, User) for answer in answers].count(True) == 1
