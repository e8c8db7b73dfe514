"""The address without a language: on to the language that the browser asks for."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request, override
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def choose_language(request: HttpRequest) -> HttpResponse:
    with override(get_language_from_request(request)):
        response = redirect(reverse("start"))
    patch_vary_headers(response, ["Accept-Language"])
    return response
