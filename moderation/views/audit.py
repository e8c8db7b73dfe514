"""The audit log: what was done, for operators and, as far as it concerns organizations, for moderators."""

from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from moderation.audit.form import AuditForm
from moderation.audit.trail import Told, events_seen_by, page_after, told, told_one_by_one
from moderation.permissions import overseers_only
from portal import csv_cells
from portal.answering import wrong_query
from portal.models import AuditEvent

EVENTS_PER_PAGE = 50
# The newest of the selection; for more, one chooses a period.
EVENTS_IN_A_FILE = 50_000


def _address(name: str, chosen: dict[str, str], **more: int) -> str:
    query = urlencode({**chosen, **more})
    return f"{reverse(name)}?{query}" if query else reverse(name)


def _page(request: HttpRequest, form: AuditForm) -> HttpResponse:
    events: list[AuditEvent] = []
    is_cut = has_more = False
    if form.is_valid():
        found, is_cut = form.found(events_seen_by(request.user))
        events, has_more = page_after(found, form.cleaned_data["after"], EVENTS_PER_PAGE)
    chosen = form.chosen()
    context = {
        "form": form,
        "events": told(events, request.user),
        "is_cut": is_cut,
        "is_first": not form.data.get("after"),
        "newest_url": _address("audit_log", chosen),
        "next_url": _address("audit_log", chosen, after=events[-1].pk) if has_more else "",
        "csv_url": _address("audit_log_csv", chosen),
        "most_in_a_file": EVENTS_IN_A_FILE,
    }
    response = render(request, "moderation/audit_log.html", context)
    return wrong_query(response) if form.errors else response


@overseers_only
@require_safe
def audit_log(request: HttpRequest) -> HttpResponse:
    """The newest events that fit, with the way to the older ones."""
    return _page(request, AuditForm(request.GET))


@overseers_only
@require_safe
def audit_log_csv(request: HttpRequest) -> HttpResponseBase:
    """The selection as a file; the page with its messages when the filters are wrong."""
    form = AuditForm(request.GET)
    if not form.is_valid():
        return _page(request, form)
    found, _is_cut = form.found(events_seen_by(request.user))
    events = told_one_by_one(found[:EVENTS_IN_A_FILE], request.user)
    name = f"audit-{timezone.localdate():%Y-%m-%d}.csv"
    return StreamingHttpResponse(
        _in_language(csv_cells.lines(_figures(events)), get_language()),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _figures(events: Iterator[Told]) -> Iterator[tuple[object, ...]]:
    yield (
        _("Time"), _("Who"), _("Account number"), _("In words"), "verb", "noun", "noun_id", "organization_id", _("Data")
    )  # fmt: skip
    for one in events:
        event = one.event
        yield (
            timezone.localtime(event.at).isoformat(timespec="seconds"),
            event.actor_label,
            event.actor_id,
            str(one),
            event.verb,
            event.noun,
            event.noun_id,
            event.organization_id,
            "; ".join(f"{name}: {value}" for name, value in one.details),
        )


def _in_language(lines: Iterator[str], language: str | None) -> Iterator[str]:
    """The file is written after the view has answered: each part of it in the reader's language all the same."""
    while True:
        with override(language):
            part = "".join(islice(lines, 500))
        if not part:
            return
        yield part
