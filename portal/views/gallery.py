"""Every component in its states, for those who build and check the portal."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.gallery import THEMES, samples, theme_css
from portal.operators import can_operate


def _for_builders(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Operators; in a demonstration everybody. To all others the page does not exist."""

    @login_not_required
    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not (settings.GALLERY_IS_OPEN or can_operate(request.user)):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@_for_builders
@require_safe
def operator_gallery(request: HttpRequest) -> HttpResponse:
    """In the language of the address, and in the theme of the browser or the chosen one."""
    asked = request.GET.get("theme", "")
    context = {**samples(), "theme": asked if asked in THEMES else "", "themes": THEMES}
    return render(request, "portal/operator_gallery.html", context)


@_for_builders
@require_safe
def operator_gallery_theme(request: HttpRequest, theme: str) -> HttpResponse:
    if theme not in THEMES:
        raise Http404
    return HttpResponse(theme_css(theme), content_type="text/css; charset=utf-8")
