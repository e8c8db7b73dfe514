"""What moderators decided, month by month, for everybody. Only GET, no sign-in."""

from itertools import groupby

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from moderation.public_report.month import Month, MonthReport, reported_months
from moderation.public_report.sections import figures, sections_of
from portal import csv_cells, moments
from portal.page_cache import kept


def _named(month: Month) -> dict[str, object]:
    return {"month": month, "name": moments.month_and_year(month.first_day)}


@kept()
@login_not_required
@require_safe
def decision_reports(request: HttpRequest) -> HttpResponse:
    """All months that are over."""
    by_year = groupby(reported_months(), key=lambda month: month.first_day.year)
    years = [{"year": year, "months": [_named(month) for month in months]} for year, months in by_year]
    return render(request, "moderation/decision_reports.html", {"years": years})


def _report(written: str) -> MonthReport:
    """The report of a month that is over, by the name that its address has."""
    for month in reported_months():
        if str(month) == written:
            return MonthReport(month)
    raise Http404


@kept()
@login_not_required
@require_safe
def decision_report(request: HttpRequest, month: str) -> HttpResponse:
    """One month in numbers."""
    report, months = _report(month), reported_months()
    place = months.index(report.month)
    context = {
        **_named(report.month),
        "sections": [] if report.is_empty else sections_of(report),
        "following": _named(months[place - 1]) if place else None,
        "preceding": _named(months[place + 1]) if place + 1 < len(months) else None,
    }
    return render(request, "moderation/decision_report.html", context)


@kept()
@login_not_required
@require_safe
def decision_report_csv(request: HttpRequest, month: str) -> HttpResponse:
    """The same numbers as a file."""
    content = "".join(csv_cells.lines(figures(sections_of(_report(month)))))
    headers = {"Content-Disposition": f'attachment; filename="decisions-{month}.csv"'}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)
