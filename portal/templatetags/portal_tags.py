"""Tags for every template: moments in the reader's own way of writing, and the sentence that explains a code."""

from datetime import date, datetime, time

from django import template
from django.utils import timezone

from portal import moments, vocabulary

register = template.Library()


@register.filter
def clock(moment: time | datetime) -> str:
    """`17.30`, `17:30`."""
    return moments.clock(moment)


@register.filter
def full_date(day: date | datetime) -> str:
    """`23.11.2026`, `23 Nov 2026`."""
    return moments.full_date(day)


@register.filter
def is_today(moment: datetime) -> bool:
    return timezone.localdate(moment) == timezone.localdate()


@register.filter
def hint(code: str, group: str) -> str:
    """One sentence that explains a code of the vocabulary; empty when there is none."""
    return vocabulary.hint(group, code)
