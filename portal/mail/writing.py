"""One mail to one person: a row in the outbox, in their language, as text and HTML from one template folder.

A message `name` has two templates: `emails/<name>.txt` (whose first line is the subject) and `emails/<name>.html`, and
a kind in `portal/mail/kinds.py`. What is not necessary can be stopped by a link at its foot, and waits for the daily
mail of those who want only one (`portal/mail/digests.py`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language_bidi, override

from portal.mail.kinds import is_necessary, is_unwanted
from portal.mail.unsubscribing import Unsubscription
from portal.models import DigestItem


def absolute_url(name: str, *args: Any) -> str:
    """The full address of a page, in the language that is active."""
    return settings.SITE_URL + reverse(name, args=args)


@dataclass(frozen=True)
class Written:
    """A mail as it is sent. `body` is its text without greeting and foot, `url` the page to which it leads."""

    subject: str
    text: str
    html: str
    body: str
    url: str
    headers: dict[str, str] = field(default_factory=dict)


def write(person: Any, name: str, context: dict[str, Any], url: tuple[Any, ...]) -> Written:
    """The mail to one person, in their language. It is not sent."""
    has_account = isinstance(person, get_user_model())
    with override(person.mail_language):
        stop_url = ""
        if has_account and not is_necessary(name):
            stop_url = absolute_url("mail_unsubscribe", Unsubscription(person.pk, name).key)
        action_url = absolute_url(*url)
        full = {
            **context,
            "person": person,
            "site_name": settings.SITE_NAME,
            "site_url": settings.SITE_URL,
            "action_url": action_url,
            "stop_url": stop_url,
            # Whoever has no account gets one answer and nothing more: there is nothing to say about it.
            "is_needed": has_account and is_necessary(name),
            "LANGUAGE_CODE": person.mail_language,
            "LANGUAGE_BIDI": get_language_bidi(),
        }
        subject, _, text = render_to_string(f"emails/{name}.txt", full).strip().partition("\n")
        foot = render_to_string("emails/_foot.txt", full).strip()
        html = render_to_string(f"emails/{name}.html", full)
    text = text.strip()
    _greeting, _, body = text.rpartition("\n--\n")[0].partition("\n\n")
    headers = {}
    if stop_url:
        # One press in the reader's mail program: RFC 8058.
        headers = {"List-Unsubscribe": f"<{stop_url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    whole = "\n".join(filter(None, [text, foot])) + "\n"
    return Written(" ".join(subject.split()), whole, html, body.strip(), action_url, headers)


def post(address: str, mail: Written) -> None:
    """Put a mail into the outbox. Inside a transaction the row is part of it; sending starts when it is committed."""
    message = EmailMultiAlternatives(mail.subject, mail.text, to=[address], headers=mail.headers)
    message.attach_alternative(mail.html, "text/html")
    message.send()


def send_to(people: Iterable, name: str, context: dict[str, Any], url: tuple[Any, ...]) -> int:
    """Write one message to each person, in their own language; `url` is a page's name and arguments.

    Returns how many go out now. Inside a transaction the rows are part of it, and sending starts when it is committed.
    """
    count = 0
    for person in people:
        if is_unwanted(name, getattr(person, "unwanted_mail", ())):
            continue
        mail = write(person, name, context, url)
        if not is_necessary(name) and getattr(person, "mail_rhythm", "") == "daily":
            DigestItem.objects.create(
                recipient=person, kind=name, subject=mail.subject[:300], text=mail.body, url=mail.url
            )
            continue
        post(person.email, mail)
        count += 1
    return count
