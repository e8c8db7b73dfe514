"""The public holidays of Finland on which a weekly activity would meet, so that they can be proposed as exceptions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from holidays import country_holidays

from listings.models import Version
from listings.schedule import meeting_days
from portal import moments
from portal.languages import reader_writes

# Further ahead, nobody plans.
FURTHEST = timedelta(days=366)
SCHEDULE = ("schedule_kind", "weekdays", "first_date", "last_date", "exceptions")
# The languages in which the names of the holidays are known, by those of the interface.
NAMES = {"fi": "fi", "sv": "sv_FI", "uk": "uk"}


@dataclass(frozen=True)
class Holiday:
    """A holiday with its name in the reader's language, or in English: `language` says which."""

    on: date
    name: str
    language: str

    @property
    def day(self) -> str:
        return f"{moments.weekday_short(self.on)} {moments.full_date(self.on)}"


@dataclass(frozen=True)
class Holidays:
    """Those on which an activity would meet. `days` names them all in one value of a form."""

    met: tuple[Holiday, ...] = ()

    @property
    def days(self) -> str:
        return ",".join(holiday.on.isoformat() for holiday in self.met)


def holidays_met(answers: Mapping[str, Any]) -> Holidays:
    """The holidays of the coming year on which an activity with these answers would meet."""
    if answers["schedule_kind"] != "weekly":
        return Holidays()
    today = timezone.localdate()
    version = Version(**{name: answers[name] for name in SCHEDULE})
    days = meeting_days(version, since=today, until=today + FURTHEST)
    code = reader_writes()
    names = country_holidays("FI", years={day.year for day in days}, language=NAMES.get(code, "en_US"))
    language = code if code in NAMES else "en"
    return Holidays(tuple(Holiday(day, names[day], language) for day in days if day in names))
