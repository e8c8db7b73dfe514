"""One's own regions and days away, and those of the other moderators."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from moderation import actions
from moderation.clock.duties import Roster, RosterLine
from moderation.clock.duty_form import DutyForm
from moderation.models import Duty
from moderation.permissions import moderators_only
from portal.answering import invalid
from portal.refusals import Refused


def _page(request: HttpRequest, form: DutyForm) -> HttpResponse:
    roster = Roster(timezone.localdate())
    lines: list[RosterLine] = roster.lines()
    context: dict[str, Any] = {
        "form": form,
        "lines": lines,
        "stood_in_for": [line for line in lines if line.stand_in == request.user],
    }
    return render(request, "moderation/moderation_duty.html", context)


@moderators_only
@require_http_methods(["GET", "HEAD", "POST"])
def moderation_duty(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        duty = Duty.objects.filter(moderator=request.user).select_related("stand_in").first()
        return _page(request, DutyForm.of(duty, moderator=request.user))
    form = DutyForm(request.POST, moderator=request.user)
    if not form.is_valid():
        return invalid(_page(request, form))
    try:
        actions.change_duty(by=request.user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error("stand_in", str(refusal.message))
        return invalid(_page(request, form))
    messages.success(request, _("Saved."))
    return redirect("moderation_duty")
