"""What readers say of one listing, one decision: it stays, or is taken away from readers."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from listings.answers import findings_of
from listings.eligibility import Severity
from listings.models import Report, Version
from moderation import actions
from moderation.forms import DecisionForm
from moderation.permissions import can_publish, moderators_only
from moderation.views.deciding import decide_case, seen_by_readers, version_context, with_standard_texts_in
from moderation.views.going_on import case_context


def _report(pk: int) -> Report:
    return get_object_or_404(Report.objects.select_related("listing"), pk=pk)


def _page(request: HttpRequest, report: Report, version: Version, form: DecisionForm) -> HttpResponse:
    request.page_path = reverse("report_decide", args=[report.pk])  # type: ignore[attr-defined]
    findings = [one for one in findings_of(version) if one.severity != Severity.ADVICE]
    context = version_context(request, version, findings, None, form)
    context |= {
        "report": report,
        "reports": actions.reports_to_decide(version.listing),
        "may_decide": can_publish(request.user, version),
        **case_context(request, "report", report.pk),
    }
    return render(request, "moderation/report_decide.html", context)


@moderators_only
@require_safe
def report_decide(request: HttpRequest, pk: int) -> HttpResponse:
    report = _report(pk)
    version = seen_by_readers(report.listing)
    seen = actions.seen_of_reports(report.listing, version)
    return _page(request, report, version, DecisionForm(initial={"seen": seen}))


def _decide(request: HttpRequest, pk: int, action: Any, success: str) -> HttpResponse:
    report = _report(pk)
    version = seen_by_readers(report.listing)
    return decide_case(
        request,
        report,
        version,
        action,
        success,
        page=lambda form: _page(request, report, version, form),
        back=("report_decide", pk),
    )


@moderators_only
@require_POST
def report_keep(request: HttpRequest, pk: int) -> HttpResponse:
    return _decide(request, pk, actions.keep_after_report, _("Readers go on seeing it: %(title)s"))


@moderators_only
@require_POST
def report_take_down(request: HttpRequest, pk: int) -> HttpResponse:
    return _decide(request, pk, actions.take_down_after_report, _("Taken away from readers: %(title)s"))


@moderators_only
@require_POST
def report_texts(request: HttpRequest, pk: int) -> HttpResponse:
    """The page again, with the standard texts of the reasons in the message."""
    report = _report(pk)
    version = seen_by_readers(report.listing)
    form = DecisionForm(request.POST)
    return with_standard_texts_in(request, version, form, lambda form: _page(request, report, version, form))
