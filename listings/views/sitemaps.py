"""The sitemaps, for search engines. Only GET, no sign-in."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import views
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from listings.feeds.sitemaps import SITEMAPS


@login_not_required
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index of all sitemaps."""
    return views.index(request, SITEMAPS, sitemap_url_name="sitemap_section")


@login_not_required
@require_safe
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    response = views.sitemap(request, SITEMAPS, section)
    # The latest change of what is left says nothing about what is gone: the ETag tells both.
    response.headers.pop("Last-Modified", None)
    return response
