"""What every page knows: the portal's name, and the same page in the other languages."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from portal.languages import in_language, locale_with_country, writing_language


def alternates(request: HttpRequest) -> list[dict]:
    """This page in each interface language: `url` for the switch, `canonical` for search engines.

    Pages of staff are in fewer (`page_languages`). A view that answers a POST may name the address at which the same
    page can be looked at (`page_path`), and one whose query string changes the page the one address of all that show
    the same (`canonical_path`).
    """
    path, _sign, query = (getattr(request, "page_path", "") or request.get_full_path()).partition("?")
    canonical_query = getattr(request, "canonical_path", "").partition("?")[2]

    def address(code: str, query: str) -> str:
        return f"{translated[code]}?{query}" if query else translated[code]

    codes = getattr(request, "page_languages", None) or [code for code, _name in settings.LANGUAGES]
    translated = {code: in_language(path, code) for code in codes}
    return [
        {
            "code": code,
            "name": writing_language(code).autonym,
            "dir": writing_language(code).direction,
            "url": address(code, query),
            "canonical": settings.SITE_URL + address(code, canonical_query),
            "current": code == get_language(),
        }
        for code in codes
    ]


def site(request: HttpRequest) -> dict:
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "is_demo": settings.IS_DEMO,
        "locale": locale_with_country(get_language() or settings.LANGUAGE_CODE),
        "alternates": alternates(request),
    }
