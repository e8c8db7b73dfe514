"""One submitted version, one decision."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from listings.answers import findings_of
from listings.eligibility import Finding, Severity
from listings.models import Listing, Report, Version
from listings.presentation import card_of, page_of, title_of
from moderation import actions
from moderation.changes import shown_facts, shown_texts
from moderation.forms import DecisionForm
from moderation.marks import mark_words
from moderation.models import Recheck
from moderation.permissions import can_publish, moderators_only
from moderation.views.queue import waiting_cases
from portal.answering import invalid
from portal.refusals import Refused


def _version(pk: int) -> Version:
    versions = Version.objects.select_related("listing__organization__municipality", "author")
    return get_object_or_404(versions, pk=pk)


def position(kind: str, pk: int) -> tuple[int, int]:
    """The case's place in the queue and the queue's length; 0 when it no longer waits."""
    cases = waiting_cases()
    place = next((n for n, case in enumerate(cases, 1) if (case.kind, case.pk) == (kind, pk)), 0)
    return place, len(cases)


def next_case() -> Any:
    """Where the moderator goes on: the oldest case, else the empty queue."""
    cases = waiting_cases()
    return redirect(cases[0].url if cases else "moderation_queue")


def seen_by_readers(listing: Listing) -> Version:
    """What readers see of a listing; when they no longer see it, what was written last."""
    versions = listing.versions.select_related("listing__organization__municipality", "author")
    return versions.filter(state=Version.State.PUBLISHED).first() or versions.order_by("-number")[0]


def decide_case(
    request: HttpRequest,
    case: Version | Recheck | Report,
    version: Version,
    action: Callable[..., object],
    success: str,
    *,
    page: Callable[[DecisionForm], HttpResponse],
    back: tuple[str, int],
) -> HttpResponse:
    """Carry out a decision and go on to the next case; what stands against it is told on the `page` of this one."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return invalid(page(form))
    try:
        action(case, by=request.user, **form.cleaned_data)
    except actions.ReasonMissing as refusal:
        form.add_error("message", str(refusal.message))
        return invalid(page(form))
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
        return redirect(*back)
    messages.success(request, success % {"title": version})
    return next_case()


def version_context(
    version: Version, findings: list[Finding], published: Version | None, form: DecisionForm
) -> dict[str, Any]:
    """What a moderator has before their eyes: the texts with marks, compared with those `published`, and the rest."""
    listing = version.listing
    return {
        "version": version,
        "title": title_of(version),
        "listing": listing,
        "organization": listing.organization,
        "card": card_of(version, url=""),
        "reader_page": page_of(version),
        "findings": [
            {"number": n, "finding": one, "is_new": False, "explanation": version.explanations.get(one.code, "")}
            for n, one in enumerate(findings, 1)
        ],
        "texts": mark_words(shown_texts(version, published), findings),
        "facts": shown_facts(version, published),
        "published": published,
        "decisions": version.decisions.select_related("moderator"),
        "earlier": [one for one in listing.versions.order_by("-number") if one.pk != version.pk],
        "form": form,
    }


def _version_page(request: HttpRequest, version: Version, form: DecisionForm) -> HttpResponse:
    request.page_path = reverse("version_decide", args=[version.pk])
    listing = version.listing
    published = None if version.state == Version.State.PUBLISHED else listing.published_version
    if published is not None:
        published.listing = listing
    findings = [one for one in findings_of(version) if one.severity != Severity.ADVICE]
    place, total = position("version", version.pk)
    context = {
        **version_context(version, findings, published, form),
        "is_waiting": version.state == Version.State.SUBMITTED,
        "may_decide": can_publish(request.user, version),
        "recheck": Recheck.objects.awaiting_decision().filter(listing=listing).first(),
        "place": place,
        "total": total,
    }
    return render(request, "moderation/version_decide.html", context)


@moderators_only
@require_safe
def version_decide(request: HttpRequest, pk: int) -> HttpResponse:
    version = _version(pk)
    found = [one.code for one in findings_of(version) if one.severity != Severity.ADVICE]
    return _version_page(request, version, DecisionForm(initial={"reasons": found, "seen": actions.seen_of(version)}))


def _decide_version(request: HttpRequest, pk: int, action: Any, success: str) -> HttpResponse:
    version = _version(pk)
    return decide_case(
        request,
        version,
        version,
        action,
        success,
        page=lambda form: _version_page(request, version, form),
        back=("version_decide", pk),
    )


@moderators_only
@require_POST
def version_publish(request: HttpRequest, pk: int) -> HttpResponse:
    return _decide_version(request, pk, actions.publish, _("Published: %(title)s"))


@moderators_only
@require_POST
def version_return(request: HttpRequest, pk: int) -> HttpResponse:
    return _decide_version(request, pk, actions.send_back, _("Sent back for changes: %(title)s"))


@moderators_only
@require_POST
def version_reject(request: HttpRequest, pk: int) -> HttpResponse:
    return _decide_version(request, pk, actions.reject, _("Rejected: %(title)s"))
