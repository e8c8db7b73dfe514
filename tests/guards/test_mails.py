"""Every mail has a kind, and in every language of the interface it says something, the same as text and as HTML."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import get_language_bidi, override

from moderation.mail_samples import sample, samples
from portal.languages import full_languages
from portal.mail.kinds import KINDS
from portal.models import DigestItem
from tests.guards.undefined import remember_undefined

MAILS = Path(settings.BASE_DIR) / "templates" / "emails"
LEFT_OVER = re.compile(r"%\(|\{\{|\}\}|\{%|%\}|\bNone\b")
ADDRESS = re.compile(r"https?://[^\s\"<>]+[^\s\"<>.,:]")


class _Html(HTMLParser):
    """The links of a mail, what stands in it as text, and the language of the whole."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.root: dict[str, str | None] = {}
        self.headings = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "a":
            self.links.add(found["href"] or "")
        if tag == "html":
            self.root = found
        self.headings += tag == "h1"


def of_templates(end: str) -> set[str]:
    return {file.stem for file in MAILS.glob(f"*.{end}") if not file.stem.startswith("_") and file.stem != "base"}


def test_every_mail_has_a_kind_and_every_kind_a_mail():
    assert len(KINDS) > 40
    assert of_templates("txt") == of_templates("html") == set(KINDS)


def test_name_of_a_kind_fits_where_it_waits():
    longest = DigestItem._meta.get_field("kind").max_length
    assert max(map(len, KINDS)) <= (longest or 0)


@pytest.mark.parametrize("name", list(KINDS))
@pytest.mark.parametrize("language", [code for code, _autonym in full_languages()])
def test_mail_says_the_same_as_text_and_html(name, language, monkeypatch):
    undefined = remember_undefined(monkeypatch)
    mail = sample(name, language)
    html = _Html(mail.html)
    assert undefined.found == set(), "a word of the sample is missing: moderation/mail_samples.py"
    assert mail.subject
    assert "\n" not in mail.subject
    assert "\n--\n" in mail.text
    assert mail.body, "it has a greeting, then what it says, then the foot after --"
    for text in (mail.subject, mail.text, mail.html):
        assert not LEFT_OVER.search(text)
    with override(language):
        assert html.root["lang"] == language
        assert html.root["dir"] == ("rtl" if get_language_bidi() else "ltr")
    assert html.headings == 1
    # The address of the portal stands in the text's foot alone.
    links = {link for link in html.links if not link.startswith("mailto:")}
    assert set(ADDRESS.findall(mail.text)) - {settings.SITE_URL} == links
    assert mail.url in html.links


@pytest.mark.parametrize("name", list(KINDS))
def test_foot_says_whether_one_can_do_without_it(name):
    mail = sample(name, "en")
    can_be_stopped = "/en/mail/stop/" in mail.text
    has_account = name not in ("invitation", "report_answered", "feedback_answered")
    assert can_be_stopped == ("List-Unsubscribe" in mail.headers) == (not KINDS[name].is_necessary)
    assert ("This message is necessary" in mail.text) == (KINDS[name].is_necessary and has_account)


def test_all_mails_are_looked_at():
    assert len(samples()) == len(KINDS) * len(full_languages()) > 100
