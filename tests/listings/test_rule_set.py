"""Which edition of the rules holds on which day, and what the settings change in it."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from listings.answers import findings_of
from listings.eligibility.rule_sets import RULE_SETS, RuleSet
from listings.rule_set import current_rule_set, editions, rule_set_of
from tests import factories

FIRST = RuleSet("2026.1", date(2026, 1, 1))
CHEAPER = RuleSet("2027.1", date(2027, 1, 1), fee_review_limit=Decimal(30))
EVENTS = RuleSet("2027.2", date(2027, 8, 1), fee_review_limit=Decimal(30), single_events_allowed=True)


@pytest.fixture
def three_editions(monkeypatch):
    # Not in order on purpose: the day decides and not the place in the table.
    monkeypatch.setattr("listings.rule_set.RULE_SETS", (CHEAPER, FIRST, EVENTS))


@pytest.mark.parametrize(
    ("day", "version"),
    [
        (date(2025, 6, 1), "2026.1"),
        (date(2026, 12, 31), "2026.1"),
        (date(2027, 1, 1), "2027.1"),
        (date(2027, 7, 31), "2027.1"),
        (date(2030, 1, 1), "2027.2"),
    ],
)
def test_edition_of_the_day_is_in_force(three_editions, day, version):
    assert current_rule_set(day).version == version


@pytest.mark.parametrize(("hour", "codes"), [(21, []), (22, ["non-commercial"])])
def test_edition_begins_at_midnight_in_finland_by_itself(
    three_editions, organization, editor, monkeypatch, hour, codes
):
    version = factories.draft(
        organization, by=editor, price_kind="fee", fee_amount=Decimal(40), fee_purpose="materials"
    )
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2026, 12, 31, hour, 30, tzinfo=UTC))
    assert [finding.code for finding in findings_of(version)] == codes


def test_settings_go_before_every_edition(three_editions, settings):
    settings.ELIGIBILITY_FEE_REVIEW_LIMIT = "12.50"
    settings.ELIGIBILITY_SINGLE_EVENTS_ALLOWED = False
    for edition in (FIRST, CHEAPER, EVENTS):
        rule_set = rule_set_of(edition.version)
        assert (rule_set.version, rule_set.fee_review_limit) == (edition.version, Decimal("12.50"))
        assert not rule_set.single_events_allowed
    assert rule_set_of("1999.1") is None


def test_limits_fit_json_and_tell_what_held(three_editions, settings):
    settings.ELIGIBILITY_FEE_REVIEW_LIMIT = "12.50"
    assert rule_set_of("2027.2").limits == {"fee_review_limit": "12.50", "single_events_allowed": True}


def test_editions_of_the_portal_are_a_history():
    versions = [edition.version for edition in RULE_SETS]
    days = [edition.valid_from for edition in RULE_SETS]
    assert len(set(versions)) == len(versions) >= 1
    assert days == sorted(set(days)), "the newest last, one a day"
    assert all(edition.what_changed for edition in RULE_SETS)
    assert sum(is_in_force for _edition, is_in_force in editions()) == 1
