"""What waits for a decision, oldest first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from listings.answers import findings_of
from listings.eligibility import RULES, Severity
from listings.models import Report, Version, VersionForm
from listings.presentation import title_of
from moderation.models import Recheck
from moderation.permissions import moderators_only
from organizations.models import Organization, OrganizationChange

CASES_PER_PAGE = 25


@dataclass(frozen=True)
class Case:
    """One thing to decide. `kind` is `version`, `organization`, `organization_change`, `report` or `recheck`."""

    kind: str
    pk: int
    since: datetime

    @property
    def days(self) -> int:
        return (timezone.now() - self.since).days

    @property
    def url(self) -> str:
        """Where it is decided."""
        return reverse(f"{self.kind}_decide", args=[self.pk])


def waiting_cases() -> list[Case]:
    """All cases by age: versions, organizations, their changes and what readers report together, then re-checks.

    A new rule set can open many re-checks on one day; people who wait for an answer do not wait behind them.
    """
    versions = Version.objects.awaiting_decision().values_list("pk", "submitted_at")
    organizations = Organization.objects.awaiting_decision().values_list("pk", "registered_at")
    changes = OrganizationChange.objects.awaiting_decision().values_list("pk", "asked_at")
    reports = Report.objects.awaiting_decision().values_list("pk", "made_at")
    rechecks = Recheck.objects.awaiting_decision().values_list("pk", "opened_at")
    cases = [Case("version", pk, since) for pk, since in versions]
    cases += [Case("organization", pk, since) for pk, since in organizations]
    cases += [Case("organization_change", pk, since) for pk, since in changes]
    cases += [Case("report", pk, since) for pk, since in reports]
    cases += [Case("recheck", pk, since) for pk, since in rechecks]
    return sorted(cases, key=lambda case: (case.kind == "recheck", case.since, case.kind, case.pk))


def rule_titles(codes: list[str]) -> list[str]:
    """The names of rules; a rule that there is no more has its code."""
    return [str(RULES[code].title) if code in RULES else code for code in codes]


def _recheck_row(case: Case, recheck: Recheck) -> dict[str, Any]:
    version = recheck.listing.published_now[0]
    return {
        "case": case,
        "organization": recheck.listing.organization,
        "title": title_of(version),
        "version": version,
        "findings": rule_titles(recheck.codes),
        "is_change": False,
        "recheck": recheck,
        "report": None,
        "change": None,
    }


def _report_row(case: Case, report: Report) -> dict[str, Any]:
    version = report.listing.published_now[0]
    return {
        "case": case,
        "organization": report.listing.organization,
        "title": title_of(version),
        "version": version,
        "findings": [],
        "is_change": False,
        "recheck": None,
        "report": report,
        "change": None,
    }


def _organization_row(case: Case, organization: Organization, change: OrganizationChange | None) -> dict[str, Any]:
    return {
        "case": case,
        "organization": organization,
        "title": str(change or organization),
        "version": None,
        "recheck": None,
        "report": None,
        "change": change,
    }


def _rows(page: list[Case]) -> list[dict[str, Any]]:
    """The cases of one page with what a moderator wants to know before opening one."""
    versions = (
        Version.objects.select_related("listing__organization__municipality", "author")
        .prefetch_related(
            "target_groups",
            "languages",
            "municipalities",
            Prefetch("form_rows", VersionForm.objects.select_related("form")),
            Prefetch(
                "listing__versions",
                Version.objects.filter(state=Version.State.PUBLISHED).only("pk", "listing_id"),
                to_attr="published_now",
            ),
        )
        .in_bulk([case.pk for case in page if case.kind == "version"])
    )
    organizations = Organization.objects.select_related("municipality").in_bulk(
        [case.pk for case in page if case.kind == "organization"]
    )
    changes = OrganizationChange.objects.select_related("organization__municipality").in_bulk(
        [case.pk for case in page if case.kind == "organization_change"]
    )
    published = Prefetch(
        "listing__versions", Version.objects.filter(state=Version.State.PUBLISHED), to_attr="published_now"
    )
    rechecks = (
        Recheck.objects.awaiting_decision()
        .select_related("listing__organization__municipality")
        .prefetch_related(published)
        .in_bulk([case.pk for case in page if case.kind == "recheck"])
    )
    reports = (
        Report.objects.awaiting_decision()
        .select_related("listing__organization__municipality")
        .prefetch_related(published)
        .in_bulk([case.pk for case in page if case.kind == "report"])
    )
    rows: list[dict[str, Any]] = []
    for case in page:
        if case.kind == "organization" and case.pk in organizations:
            rows.append(_organization_row(case, organizations[case.pk], None))
        elif case.kind == "organization_change" and case.pk in changes:
            rows.append(_organization_row(case, changes[case.pk].organization, changes[case.pk]))
        elif case.kind == "recheck" and case.pk in rechecks:
            rows.append(_recheck_row(case, rechecks[case.pk]))
        elif case.kind == "report" and case.pk in reports:
            rows.append(_report_row(case, reports[case.pk]))
        elif case.kind == "version" and case.pk in versions:
            version = versions[case.pk]
            found = [one for one in findings_of(version) if one.severity == Severity.REVIEW]
            rows.append(
                {
                    "case": case,
                    "organization": version.listing.organization,
                    "title": title_of(version),
                    "version": version,
                    "findings": [finding.rule.title for finding in found],
                    "is_change": bool(version.listing.published_now),
                    "recheck": None,
                    "report": None,
                    "change": None,
                }
            )
    return rows


@moderators_only
@require_safe
def moderation_queue(request: HttpRequest) -> HttpResponse:
    cases = waiting_cases()
    page = Paginator(cases, CASES_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": _rows(list(page)),
        "total": len(cases),
        "has_rechecks": any(case.kind == "recheck" for case in cases),
        "page_obj": page,
        "previous_url": f"?page={page.previous_page_number()}" if page.has_previous() else "",
        "next_url": f"?page={page.next_page_number()}" if page.has_next() else "",
    }
    return render(request, "moderation/moderation_queue.html", context)
