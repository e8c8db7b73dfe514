"""Pages of those who moderate and who run the portal: nobody else has them, and they are in three languages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import get_language
from django.utils.translation.trans_real import parse_accept_lang_header

from portal.languages import full_language, in_language

# What only staff reads is written in no other language (tests/guards/test_catalogues.py).
STAFF_LANGUAGES = ("fi", "sv", "en")

View = Callable[..., HttpResponseBase]


def for_staff(may: Callable[[Any], bool]) -> Callable[[View], View]:
    """A decorator: the page is there for those who may, and leads them to a language in which it is written."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not may(request.user):
                raise Http404
            codes = [code for code, _name in settings.LANGUAGES if full_language(code) in STAFF_LANGUAGES]
            if codes and get_language() not in codes and request.method in ("GET", "HEAD"):
                return HttpResponseRedirect(in_language(request.get_full_path(), _language_for(request, codes)))
            request.page_languages = codes  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)

        guarded.is_for_staff = True  # type: ignore[attr-defined]
        return guarded

    return decorate


def _language_for(request: HttpRequest, codes: list[str]) -> str:
    """The one of their mails, else the first that the browser asks for, else the first that there is."""
    header = request.headers.get("Accept-Language", "")
    asked = [code.split("-")[0] for code, _weight in parse_accept_lang_header(header)]
    wanted = (getattr(request.user, "preferred_language", ""), *asked)
    return next((code for code in wanted if code in codes), codes[0])
