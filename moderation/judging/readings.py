"""A version as readers will see it: in each language in which it is written and the portal is read."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import override

from listings.models import Version
from listings.presentation import card_of, page_of
from portal.languages import direction, full_languages, language_name, reader_writes


@dataclass(frozen=True)
class Reading:
    """The card and the page in one language, all words of them; `name` is the language's in the moderator's."""

    lang: str
    name: str
    html: SafeString
    is_open: bool

    @property
    def dir(self) -> str:
        return direction(self.lang)


def readings_of(version: Version) -> list[Reading]:
    """The moderator's own language first, and open. What is written in no language of the portal is shown in theirs."""
    reader = reader_writes()
    interface = dict(full_languages())
    codes = [code for code in version.texts("title") if code in interface] or [reader]
    codes.sort(key=lambda code: code != reader)
    return [
        Reading(code, language_name(code, reader), _rendered(version, code), is_open=number == 0)
        for number, code in enumerate(codes)
    ]


def _rendered(version: Version, code: str) -> SafeString:
    with override(code):
        context = {"card": card_of(version, url=""), "listing": page_of(version) | {"ask_id": f"ask-{code}"}}
        return render_to_string("moderation/_as_readers.html", context)
