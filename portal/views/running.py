"""The operators' page that says in plain words how the portal is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.operators import operators_only
from portal.release import release
from portal.watching.overview import overview


@operators_only
@require_safe
def operator_running(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/operator_running.html", {"overview": overview(), "release": release()})
