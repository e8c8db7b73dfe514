"""Cache headers: pages for strangers may be kept for a minute, all others by nobody."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers

ANONYMOUS_SECONDS = 60


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
            and response.status_code == 200
            and not response.cookies
            and (user is None or not user.is_authenticated)
        )
        if is_public:
            patch_cache_control(response, public=True, max_age=ANONYMOUS_SECONDS)
        else:
            patch_cache_control(response, private=True, no_cache=True, no_store=True)
        patch_vary_headers(response, ["Cookie"])
        return response

    return middleware
