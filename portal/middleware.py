"""Cache headers: pages for strangers may be kept for a minute, all others by nobody. And how much may be sent here."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers

ANONYMOUS_SECONDS = 60
# That a page is not there is kept as well, so that a proxy forgets what was there before; briefly, since it may come.
MISSING_SECONDS = 5
SECONDS = {200: ANONYMOUS_SECONDS, 404: MISSING_SECONDS, 410: MISSING_SECONDS}


def anonymous_pages_are_cacheable(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.has_header("Cache-Control") or request.path.startswith("/static/"):
            return response
        user = getattr(request, "user", None)
        is_public = (
            request.method in ("GET", "HEAD")
            and response.status_code in SECONDS
            and not response.cookies
            and (user is None or not user.is_authenticated)
        )
        if is_public:
            patch_cache_control(response, public=True, max_age=SECONDS[response.status_code])
        else:
            patch_cache_control(response, private=True, no_cache=True, no_store=True)
        patch_vary_headers(response, ["Cookie"])
        return response

    return middleware


def large_requests_are_refused(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """What is longer than any form with a logo is refused before it is written to the disk for reading.

    The length that is named is the one that is read: Django reads no further, and nothing without it.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > settings.MOST_BYTES_SENT:
            return HttpResponse("This is too large.\n", status=413, content_type="text/plain; charset=utf-8")
        return get_response(request)

    return middleware
