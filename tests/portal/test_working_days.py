"""The promised day: weekends and public holidays do not count, and a day is a day in Finland."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from portal.working_days import (
    AnswerPromise,
    is_late,
    is_working_day,
    moment_promised_before,
    promised_day,
    working_day_before,
    working_days_after,
)

HELSINKI = ZoneInfo("Europe/Helsinki")


@pytest.fixture(autouse=True)
def three_days(settings):
    settings.ANSWER_WORKING_DAYS = 3


@pytest.mark.parametrize(
    ("sent", "promised"),
    [
        ("2026-11-23 09:00", "2026-11-26"),  # a Monday
        ("2026-11-26 09:00", "2026-12-01"),  # a Thursday: over the weekend
        ("2026-11-28 12:00", "2026-12-02"),  # a Saturday counts as the Friday before
        ("2026-11-23 23:59", "2026-11-26"),  # late in the evening it is still that day
        ("2026-11-24 00:01", "2026-11-27"),
        ("2026-12-22 10:00", "2026-12-29"),  # Christmas Eve and Day; the 26th is a Saturday
        ("2026-12-31 15:00", "2027-01-07"),  # New Year’s Day, a weekend, Epiphany
        ("2026-04-01 10:00", "2026-04-08"),  # Good Friday, Easter Monday
        ("2026-06-17 10:00", "2026-06-23"),  # Midsummer Eve is a Friday
        ("2026-05-13 10:00", "2026-05-19"),  # Ascension Day
    ],
)
def test_promised_day(sent, promised):
    since = datetime.fromisoformat(sent).replace(tzinfo=HELSINKI)
    assert promised_day(since) == date.fromisoformat(promised)
    assert promised_day(since.astimezone(UTC)) == date.fromisoformat(promised)


def test_promise_follows_the_setting(settings):
    settings.ANSWER_WORKING_DAYS = 5
    assert promised_day(datetime(2026, 11, 23, 9, tzinfo=HELSINKI)) == date(2026, 11, 30)


@pytest.mark.parametrize("day", ["2026-06-19", "2026-12-24", "2026-12-06", "2026-01-06", "2026-11-28", "2027-06-25"])
def test_no_working_day(day):
    assert not is_working_day(date.fromisoformat(day))


def test_working_days_around_christmas():
    assert working_days_after(date(2026, 12, 23), 1) == date(2026, 12, 28)
    assert working_day_before(date(2026, 12, 28)) == date(2026, 12, 23)


def test_promise_is_kept_on_its_day_and_late_on_the_next():
    since = datetime(2026, 11, 23, 9, tzinfo=HELSINKI)
    assert not is_late(since, date(2026, 11, 26))
    assert is_late(since, date(2026, 11, 27))
    assert AnswerPromise(timezone.now() - timedelta(days=30)).is_late
    assert not AnswerPromise(timezone.now()).is_late


def test_database_and_calendar_tell_the_same():
    """The moment parts the late from the others, for every hour of weeks with all kinds of holidays."""
    for start in (datetime(2026, 3, 28, tzinfo=HELSINKI), datetime(2026, 12, 17, tzinfo=HELSINKI)):
        for today in (start.date() + timedelta(days=n) for n in range(8, 25)):
            moment = moment_promised_before(today)
            for hour in range(0, 24 * 24, 5):
                since = (start.astimezone(UTC) + timedelta(hours=hour)).astimezone(HELSINKI)
                assert (since < moment) == is_late(since, today), (since, today)
