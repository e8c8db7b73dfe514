"""What every page knows: the portal's name, and the same page in the other languages."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language

from portal.languages import writing_language


def alternates(request: HttpRequest) -> list[dict]:
    """This page in each interface language, for the switch and for `hreflang`."""
    # A view that answers a POST may name the address at which the same page can be looked at.
    path = getattr(request, "page_path", "") or request.get_full_path()
    return [
        {
            "code": code,
            "name": writing_language(code).autonym,
            "dir": writing_language(code).direction,
            "url": translate_url(path, code),
            "current": code == get_language(),
        }
        for code, _name in settings.LANGUAGES
    ]


def site(request: HttpRequest) -> dict:
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "is_demo": settings.IS_DEMO,
        "alternates": alternates(request),
    }
