"""Many moderators at one queue, with real threads on PostgreSQL: each case is decided once, and no case is left."""

from collections import Counter

import pytest

from listings.models import Version
from moderation import actions
from moderation.models import Decision, Hold
from moderation.queue.choosing import Choice
from tests import factories
from tests.listings.test_concurrency import at_once, refused

pytestmark = [
    pytest.mark.concurrency,
    pytest.mark.usefixtures("need_postgresql", "committed_db"),
]

MODERATORS, CASES = 20, 200


@pytest.fixture
def writer():
    return factories.MembershipFactory(main_user=True)


def submitted(writer, number: int) -> Version:
    draft = factories.draft(writer.organization, by=writer.user, venue=f"Talo {number}")
    return factories.submitted(draft, by=writer.user)


def test_twenty_moderators_decide_two_hundred_cases_once_each(writer):
    cases = {submitted(writer, number).pk for number in range(CASES)}
    moderators = factories.UserFactory.create_batch(MODERATORS, moderator=True)
    taken: list[tuple[int, int]] = []

    def work(moderator):
        while (case := actions.take_next(Choice(), by=moderator)) is not None:
            taken.append((case.pk, moderator.pk))
            actions.reject(Version.objects.get(pk=case.pk), by=moderator, reasons=["no-referral"], message="")

    results = at_once(*[lambda moderator=moderator: work(moderator) for moderator in moderators])
    assert not refused(results), "whoever had it in hand could decide it"
    assert set(Counter(pk for pk, _moderator in taken).values()) == {1}
    assert {pk for pk, _moderator in taken} == cases
    assert sorted(Decision.objects.values_list("version", "moderator")) == sorted(taken)
    assert not Version.objects.awaiting_decision().exists()
    assert not Hold.objects.exists()
    assert len({moderator for _pk, moderator in taken}) > MODERATORS / 2, "the work was shared"


def test_taking_while_another_decides_without_having_taken_has_one_outcome(writer):
    version = submitted(writer, 1)
    first, second = factories.UserFactory.create_batch(2, moderator=True)
    results = at_once(
        lambda: actions.publish(Version.objects.get(pk=version.pk), by=first),
        lambda: actions.take_case("version", version.pk, by=second),
    )
    assert len(refused(results)) == 1
    assert Decision.objects.exists() != Hold.objects.exists()
