"""Working days in Finland, and the day by which moderators promise an answer.

Offices are closed on Midsummer Eve and Christmas Eve, too: the library counts both among the public holidays.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from django.conf import settings
from django.utils import timezone
from holidays import country_holidays

SATURDAY = 5
DAY = timedelta(days=1)


@lru_cache(maxsize=64)
def _public_holidays(year: int) -> frozenset[date]:
    return frozenset(country_holidays("FI", years=year))


def is_working_day(day: date) -> bool:
    """Neither Saturday nor Sunday nor a public holiday."""
    return day.weekday() < SATURDAY and day not in _public_holidays(day.year)


def working_days_after(day: date, count: int) -> date:
    """The `count`-th working day after a day, which need not be one itself."""
    while count > 0:
        day += DAY
        count -= is_working_day(day)
    return day


def working_day_before(day: date) -> date:
    """The last working day before a day."""
    day -= DAY
    while not is_working_day(day):
        day -= DAY
    return day


def _promised_on(sent_on: date) -> date:
    return working_days_after(sent_on, settings.ANSWER_WORKING_DAYS)


def promised_day(since: datetime) -> date:
    """The day by which somebody who has waited since then gets an answer. The day on which it came does not count."""
    return _promised_on(timezone.localdate(since))


def is_late(since: datetime, today: date | None = None) -> bool:
    """Whether the promised day is over without an answer."""
    return promised_day(since) < (today or timezone.localdate())


def moment_promised_before(day: date) -> datetime:
    """Whatever came before this moment was promised an answer before `day`: so that the database can tell."""
    first = day
    while _promised_on(first - DAY) >= day:
        first -= DAY
    return timezone.make_aware(datetime.combine(first, time.min))


@dataclass(frozen=True)
class AnswerPromise:
    """What is promised to people who have waited `since` then."""

    since: datetime

    @property
    def day(self) -> date:
        return promised_day(self.since)

    @property
    def is_late(self) -> bool:
        return is_late(self.since)
