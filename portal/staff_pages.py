"""Pages of those who moderate and who run the portal: nobody else has them, and they are in three languages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import get_language
from django.utils.translation.trans_real import parse_accept_lang_header

from portal.languages import full_language, in_language

# What only staff reads is written in no other language (tests/guards/test_catalogues.py).
STAFF_LANGUAGES = ("fi", "sv", "en")

Somebody = AbstractBaseUser | AnonymousUser
View = Callable[..., HttpResponseBase]


def for_staff(may: Callable[[Any], bool]) -> Callable[[View], View]:
    """A decorator: the page is there for those who may, and leads them to a language in which it is written."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not may(request.user):
                raise Http404
            if request.method in ("GET", "HEAD") and not _is_written_in(get_language() or ""):
                return HttpResponseRedirect(in_language(request.get_full_path(), _language_for(request)))
            request.page_languages = [code for code, _name in settings.LANGUAGES if _is_written_in(code)]  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)

        guarded.is_for_staff = True  # type: ignore[attr-defined]
        return guarded

    return decorate


def _is_written_in(code: str) -> bool:
    return full_language(code) in STAFF_LANGUAGES


def _language_for(request: HttpRequest) -> str:
    """The one of their mails, else the first that the browser asks for, else that of the portal."""
    asked = [
        code.split("-")[0] for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    ]
    opened = dict(settings.LANGUAGES)
    wanted = (getattr(request.user, "preferred_language", ""), *asked)
    return next((code for code in wanted if code in STAFF_LANGUAGES and code in opened), settings.LANGUAGE_CODE)
