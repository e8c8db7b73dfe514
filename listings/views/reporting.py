"""Readers say that something is wrong with a listing, and its organization answers."""

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from listings import actions
from listings.forms.reporting import ReportAnswerForm, ReportForm
from listings.models import Report, Version
from listings.presentation import title_of
from listings.views.scope import listing_of
from portal.answering import do, invalid
from portal.languages import reader_writes
from portal.open_forms import form_token
from portal.page_cache import kept
from portal.refusals import Refused

# Readers


def _report_page(request: HttpRequest, version: Version, form: ReportForm, refusal: str = "") -> HttpResponse:
    context = {"title": title_of(version), "listing": version.listing, "form": form, "refusal": refusal}
    return render(request, "listings/listing_report.html", context)


# Readers have no cookie with which a form could be guarded. Nobody's rights are used here: the signed time in the form
# shows that the page was asked for, and what another site could send in a reader's name is counted as anybody's.
@csrf_exempt
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def listing_report(request: HttpRequest, slug: str) -> HttpResponse:
    """Something is wrong here."""
    version = get_object_or_404(Version.objects.public().select_related("listing"), listing__slug=slug)
    if request.method != "POST":
        return _report_page(request, version, ReportForm(initial={"token": form_token()}))
    form = ReportForm(request.POST)
    if form.is_trapped:
        return redirect("report_thanks")  # as if it had been kept: whoever wrote it learns nothing
    if form.is_valid():
        try:
            actions.report_listing(
                version.listing,
                **form.said(),
                language=reader_writes(),
                network_address=get_adapter().get_client_ip(request),
            )
        except Refused as refusal:
            return invalid(_report_page(request, version, form, str(refusal.message)))
        return redirect("report_thanks")
    return invalid(_report_page(request, version, form))


@kept()
@login_not_required
@require_safe
def report_thanks(request: HttpRequest) -> HttpResponse:
    """What happens next. It names no listing, because the one may be hidden by now."""
    return render(request, "listings/report_thanks.html", {"answer_days": settings.REPORT_ANSWER_DAYS})


# The organization


def _report_of(request: HttpRequest, pk: int) -> Report:
    """A report that the person's organization can answer, or could; for everybody else there is none."""
    report = get_object_or_404(Report.objects.select_related("listing"), pk=pk, reason__in=Report.SMALL)
    report.listing = listing_of(request, report.listing_id)
    return report


def _answer_page(request: HttpRequest, report: Report, form: ReportAnswerForm) -> HttpResponse:
    request.page_path = reverse("report_answer", args=[report.pk])  # type: ignore[attr-defined]
    listing = report.listing
    version = listing.published_version or listing.latest_version
    others = listing.reports.for_organizations().exclude(pk=report.pk)
    same = others.filter(reason=report.reason) if report.reason == Report.Reason.OVER else others.none()
    context = {
        "report": report,
        "listing": listing,
        "title": title_of(version),
        "same": same.count(),
        "form": form,
    }
    return render(request, "listings/report_answer.html", context)


@require_safe
def report_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """What a reader says, and the two answers to it."""
    return _answer_page(request, _report_of(request, pk), ReportAnswerForm())


def _answer(request: HttpRequest, pk: int, outcome: str) -> HttpResponse:
    report = _report_of(request, pk)
    form = ReportAnswerForm(request.POST)
    if not form.is_valid():
        return invalid(_answer_page(request, report, form))
    return do(
        request,
        actions.answer_report,
        report,
        outcome=outcome,
        reply=form.cleaned_data["reply"],
        success=_("Thank you. The report is answered."),
        to=("listing_manage", report.listing_id),
    )


@require_POST
def report_changed(request: HttpRequest, pk: int) -> HttpResponse:
    return _answer(request, pk, Report.Outcome.CHANGED)


@require_POST
def report_right(request: HttpRequest, pk: int) -> HttpResponse:
    return _answer(request, pk, Report.Outcome.RIGHT)
