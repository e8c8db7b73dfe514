"""Pictures that organizations have sent. The portal wrote each file itself and says what it is."""

from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

KEPT_SECONDS = 365 * 24 * 60 * 60


@login_not_required
@require_safe
def logo(request: HttpRequest, name: str) -> HttpResponse:
    """One logo. A new picture has a new name, so that it may be kept for long."""
    path = f"logos/{name}.webp"
    try:
        with default_storage.open(path) as file:
            response = HttpResponse(file.read(), content_type="image/webp")  # it is small
    except FileNotFoundError as error:
        raise Http404 from error
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    patch_cache_control(response, public=True, max_age=KEPT_SECONDS, immutable=True)
    return response
