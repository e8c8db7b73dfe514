"""One mail to one person: a row in the outbox, in their language, as text and HTML from one template folder.

A message `name` has two templates: `emails/<name>.txt` (whose first line is the subject) and `emails/<name>.html`.
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language_bidi, override


def absolute_url(name: str, *args: Any) -> str:
    """The full address of a page, in the language that is active."""
    return settings.SITE_URL + reverse(name, args=args)


def send_to(people: Iterable, name: str, context: dict[str, Any], url: tuple[Any, ...]) -> int:
    """Write one message to each person, in their own language; `url` is a page's name and arguments.

    Inside a transaction the rows are part of it, and sending starts when it is committed.
    """
    count = 0
    for person in people:
        with override(person.mail_language):
            full = {
                **context,
                "person": person,
                "site_name": settings.SITE_NAME,
                "site_url": settings.SITE_URL,
                "action_url": absolute_url(*url),
                "LANGUAGE_CODE": person.mail_language,
                "LANGUAGE_BIDI": get_language_bidi(),
            }
            subject, _, text = render_to_string(f"emails/{name}.txt", full).strip().partition("\n")
            html = render_to_string(f"emails/{name}.html", full)
        message = EmailMultiAlternatives(" ".join(subject.split()), text.strip() + "\n", to=[person.email])
        message.attach_alternative(html, "text/html")
        message.send()
        count += 1
    return count
