"""Several listings that are alike before a moderator's eyes, and one answer to all of them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from listings.answers import findings_of
from listings.eligibility import Severity
from listings.models import Version
from listings.presentation import title_of
from moderation import actions
from moderation.permissions import moderators_only
from moderation.queue.together_form import TogetherForm
from moderation.views.going_on import carried, queue_address
from portal.answering import invalid
from portal.refusals import Refused


def _versions(form: TogetherForm) -> list[Version]:
    versions = Version.objects.select_related("listing__organization", "author")
    return list(versions.filter(pk__in=form.seen).order_by("submitted_at", "pk"))


def _page(request: HttpRequest, form: TogetherForm, versions: list[Version]) -> HttpResponse:
    request.page_path = reverse("versions_together")  # type: ignore[attr-defined]
    asked = carried(request)
    obstacle = ""
    if len(versions) < 2:
        obstacle = _("Tick at least two listings.")
    else:
        try:
            actions.check_alike(versions)
        except Refused as refusal:
            obstacle = str(refusal.message)
    findings = findings_of(versions[0]) if versions and not obstacle else []
    context: dict[str, Any] = {
        "form": form,
        "rows": [{"version": one, "title": title_of(one), "seen": actions.seen_of(one)} for one in versions],
        "organization": versions[0].listing.organization if versions else None,
        "findings": [one.rule.title for one in findings if one.severity != Severity.ADVICE],
        "obstacle": obstacle,
        "queue_query": asked.query,
        "queue_url": queue_address(asked.query),
    }
    response = render(request, "moderation/versions_together.html", context)
    return invalid(response) if request.method == "POST" else response


@moderators_only
@require_safe
def versions_together(request: HttpRequest) -> HttpResponse:
    """All of them once more, before anything is decided."""
    form = TogetherForm.ticked(request.GET)
    return _page(request, form, _versions(form))


def _decide(request: HttpRequest, action: Callable[..., Any], *, needs_reason: bool) -> HttpResponse:
    form = TogetherForm(request.POST, needs_reason=needs_reason)
    is_valid, versions = form.is_valid(), _versions(form)
    if not is_valid or len(versions) < 2:
        return _page(request, form, versions)
    texts = {name: form.cleaned_data[name] for name in ("reasons", "message")}
    try:
        answered = actions.decide_together(versions, action, by=request.user, seen=form.seen, **texts)
    except Refused:
        return _page(request, form, versions)
    if answered.decided:
        count = len(answered.decided)
        done = ngettext("%(count)s listing is decided.", "%(count)s listings are decided.", count)
        messages.success(request, done % {"count": count})
    for version, refusal in answered.refused:
        messages.warning(request, f"{title_of(version)}: {refusal.message}")
    return redirect(queue_address(carried(request).query))


@moderators_only
@require_POST
def versions_publish_together(request: HttpRequest) -> HttpResponse:
    return _decide(request, actions.publish, needs_reason=False)


@moderators_only
@require_POST
def versions_return_together(request: HttpRequest) -> HttpResponse:
    return _decide(request, actions.send_back, needs_reason=True)
