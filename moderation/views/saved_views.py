"""Saving a part of the queue under a name, and deleting it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from moderation import actions
from moderation.permissions import moderators_only
from moderation.queue.forms import QueueFilter, SavedViewForm
from moderation.views.going_on import queue_address
from moderation.views.queue import queue_page
from portal.answering import do, invalid
from portal.refusals import Refused


@moderators_only
@require_POST
def queue_view_save(request: HttpRequest) -> HttpResponse:
    form = SavedViewForm(request.POST)
    is_valid = form.is_valid()
    asked = QueueFilter.of_query(form.cleaned_data.get("query", ""), request.user)
    if not is_valid:
        return invalid(queue_page(request, asked, form))
    try:
        actions.save_view(form.cleaned_data["name"], asked.query, by=request.user)
    except Refused as refusal:
        form.add_error("name", str(refusal.message))
        return invalid(queue_page(request, asked, form))
    messages.success(request, _("Saved: %(name)s") % {"name": form.cleaned_data["name"]})
    return redirect(queue_address(asked.query))


@moderators_only
@require_POST
def queue_view_delete(request: HttpRequest, pk: int) -> HttpResponse:
    return do(request, actions.delete_view, pk, success=_("The view is deleted."), to="moderation_queue")
