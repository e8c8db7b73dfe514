"""Days, times and money in the reader's own way of writing, by CLDR."""

from datetime import date, datetime, time
from decimal import Decimal

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import format_currency, format_decimal, format_percent
from django.utils import timezone
from django.utils.translation import get_language

from portal.languages import babel_locale, full_language

# How the language is written in Finland, or nearest to it, where CLDR's first country writes otherwise.
_IN_FINLAND = {"sv": "sv_FI", "en": "en_GB"}
# Swedish in Finland writes the time as Finnish does; and no clock here has twelve hours.
_CLOCK_IN_FINLAND = {"sv": "H.mm", "ar": "H:mm", "so": "HH:mm"}

# CLDR ends a Russian and an Ukrainian date with "year" and a full stop, which a sentence has itself.
_FULL_DATE = {"fi": "d.M.y", "sv": "d.M.y", "ru": "d MMM y", "uk": "d MMM y"}
# Where numbers alone would be read the other way round: CLDR writes the month first, and Finland does not.
_MONTH_BY_NAME = ("en", "fa", "so", "zh")


def _locale(language: str | None = None) -> Locale:
    code = full_language(language or get_language() or "en")
    return Locale.parse(_IN_FINLAND[code]) if code in _IN_FINLAND else babel_locale(code)


def weekday_short(day: date) -> str:
    """`ma`, `Mon`."""
    return format_date(day, "ccc", locale=_locale())


def weekday_long(day: date) -> str:
    """`maanantai`, `Monday`."""
    return format_date(day, "cccc", locale=_locale())


def day_and_month(day: date) -> str:
    """`23.11.`, `23 Nov`, `11月23日`."""
    locale = _locale()
    if locale.language in ("fi", "sv"):
        return format_date(day, "d.M.", locale=locale)
    return format_skeleton("MMMd" if locale.language in _MONTH_BY_NAME else "Md", day, locale=locale)


def day_in_words(day: date) -> str:
    """`23. marraskuuta`, `23 November`, `11月23日`."""
    return format_skeleton("MMMMd", day, locale=_locale())


def full_date(day: date | datetime) -> str:
    """`23.11.2026`, `23 Nov 2026`."""
    if isinstance(day, datetime):
        day = timezone.localtime(day).date()
    locale = _locale()
    return format_date(day, _FULL_DATE.get(locale.language, "medium"), locale=locale)


def clock(moment: time | datetime) -> str:
    """`17.30`, `17:30`."""
    if isinstance(moment, datetime):
        moment = timezone.localtime(moment).time()
    locale = _locale()
    return format_time(moment, _CLOCK_IN_FINLAND.get(locale.language, "short"), locale=locale)


def clock_range(starts: time | None, ends: time | None) -> str:
    """`17.00–18.30`; only the start where there is no end; empty without a start."""
    if starts is None:
        return ""
    return f"{clock(starts)}–{clock(ends)}" if ends else clock(starts)


def euros(amount: Decimal) -> str:
    """`5 €` for whole euros, `5,50 €` else."""
    pattern = None if amount % 1 else "#,##0 ¤"
    return format_currency(amount, "EUR", pattern, locale=_locale(), currency_digits=bool(amount % 1))


def percent(share: float) -> str:
    """`78 %`, `78%`."""
    return format_percent(share, locale=_locale())


def month_and_year(day: date) -> str:
    """`lokakuu 2026`, `October 2026`."""
    return format_skeleton("yMMMM", day, locale=_locale())


def number(count: int) -> str:
    """`12 345`, `12,345`."""
    return format_decimal(count, locale=_locale())
