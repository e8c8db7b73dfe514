"""Tags for every template: moments in the reader's own way of writing, and the sentence that explains a code."""

import json
from collections.abc import Iterable
from datetime import date, datetime, time

from django import template
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from portal import moments, vocabulary
from portal.working_days import AnswerPromise

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
def answer_promise(since: datetime) -> AnswerPromise:
    """What is promised to people who have waited since then: `day`, `is_late`."""
    return AnswerPromise(since)


@register.filter
def is_today(moment: datetime) -> bool:
    return timezone.localdate(moment) == timezone.localdate()


@register.filter
def as_json(data: object) -> SafeString:
    """Data inside a script element: no text in it can close the element or begin a comment."""
    written = json.dumps(data, ensure_ascii=False)
    return mark_safe(written.replace("<", "\\u003C").replace(">", "\\u003E").replace("&", "\\u0026"))


@register.filter
def hint(code: str, group: str) -> str:
    """One sentence that explains a code of the vocabulary; empty when there is none."""
    return vocabulary.hint(group, code)


@register.filter
def label(code: str, group: str) -> str:
    """A code's label in the vocabulary."""
    return vocabulary.label(group, code)


@register.filter
def as_options(options: Iterable[tuple[str, str, int]]) -> SafeString:
    """Options of a list with their counts. By hand: some hundred of them take a template half of the page's time."""
    return mark_safe(
        "".join(f'<option value="{escape(code)}">{escape(name)} ({count})</option>' for code, name, count in options)
    )
