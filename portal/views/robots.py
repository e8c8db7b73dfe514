"""What search engines may look at."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    context = {"sitemap_url": settings.SITE_URL + reverse("sitemap")}
    return render(request, "portal/robots.txt", context, content_type="text/plain; charset=utf-8")
