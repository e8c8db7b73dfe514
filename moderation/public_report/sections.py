"""A month's report as people read it: the same rows on the page, as small charts, and in the file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from listings.eligibility import RULES
from listings.models import Report
from moderation.models import Decision, Recheck
from moderation.public_report.month import ENDS, TOLD_FROM, MonthReport, Outcome, Waiting
from portal import moments

FEW = "1–2"  # noqa: RUF001 - with a hyphen, a spreadsheet reads a date

# Outcomes in the order in which they are told
OF_LISTINGS = (
    Outcome.PUBLISHED,
    Outcome.RETURNED,
    Outcome.REJECTED,
    Outcome.RECONSIDERED,
    Outcome.KEPT,
    Outcome.TAKEN_DOWN,
)
OF_ORGANIZATIONS = (
    Outcome.APPROVED,
    Outcome.DECLINED,
    Outcome.SUSPENDED,
    Outcome.REINSTATED,
    Outcome.TRUSTED,
    Outcome.DISTRUSTED,
)


@dataclass(frozen=True)
class Row:
    """One line of a section; `width` is the length of its bar in hundredths, if it has one."""

    label: str
    shown: str
    width: int = 0


@dataclass(frozen=True)
class Section:
    code: str
    title: str
    rows: list[Row]


def sections_of(report: MonthReport) -> list[Section]:
    """Every section in which there is something."""
    found = [
        Section("listings", _("Listings"), _rows(_listings(report))),
        Section("returned", _("Why listings were sent back"), _reasons(report.reasons(Outcome.RETURNED))),
        Section("rejected", _("Why listings were rejected or taken away"), _reasons(report.reasons(*ENDS))),
        Section("waiting", _("How long people waited"), _waiting(report)),
        Section("at-once", _("Public without a check before"), _rows(_at_once(report))),
        Section("reports", _("Reports from readers"), _rows(_reports(report))),
        Section("organizations", _("Organizations"), _rows(_organizations(report))),
    ]
    return [section for section in found if section.rows]


def figures(sections: Iterable[Section]) -> Iterator[tuple[str, str, str]]:
    """The rows of the file."""
    yield _("Part"), _("What"), _("Number")
    for section in sections:
        for row in section.rows:
            yield section.title, row.label, row.shown


def _listings(report: MonthReport) -> list[tuple[Any, int]]:
    return [(_("Sent to be checked"), report.submitted), *_of_outcomes(report, *OF_LISTINGS)]


def _organizations(report: MonthReport) -> list[tuple[Any, int]]:
    return _of_outcomes(report, *OF_ORGANIZATIONS)


def _of_outcomes(report: MonthReport, *outcomes: Decision.Outcome) -> list[tuple[Any, int]]:
    return [(one.label, report.outcomes.get(one, 0)) for one in outcomes]


def _at_once(report: MonthReport) -> list[tuple[Any, int]]:
    checked = report.sample_outcomes
    return [
        (_("Public at once"), report.published_at_once),
        (_("Drawn for a check afterwards"), report.sampled),
        (_("Checked afterwards: kept"), checked.get(Recheck.Outcome.KEPT, 0)),
        (_("Checked afterwards: taken away from readers"), checked.get(Recheck.Outcome.TAKEN_DOWN, 0)),
    ]


def _reports(report: MonthReport) -> list[tuple[Any, int]]:
    answered = [(one.label, report.report_outcomes.get(one, 0)) for one in Report.Outcome]
    return [(_("Sent by readers"), report.reported), *answered]


def _rows(counts: list[tuple[Any, int]]) -> list[Row]:
    """Nothing when all is nought."""
    most = max(count for _label, count in counts)
    return [Row(str(label), moments.number(count), _width(count, most)) for label, count in counts] if most else []


def _width(count: int, most: int) -> int:
    return max(round(100 * count / most), 1) if count else 0


def _reasons(counts: list[tuple[str, int]]) -> list[Row]:
    """Small counts look alike, and their bars too."""
    most = max([count for _code, count in counts], default=0)
    return [
        Row(str(RULES[code].title), moments.number(count), _width(count, most))
        if count >= TOLD_FROM
        else Row(str(RULES[code].title), FEW, _width(1, max(most, TOLD_FROM)))
        for code, count in counts
    ]


def _waiting(report: MonthReport) -> list[Row]:
    found: list[tuple[str, str, Waiting | None]] = [
        (_("Listings: half were answered in"), _("Listings: nine of ten were answered in"), report.listings_waited),
        (
            _("Organizations: half were answered in"),
            _("Organizations: nine of ten were answered in"),
            report.organizations_waited,
        ),
    ]
    return [
        Row(label, _days(days))
        for half, nine, waiting in found
        if waiting is not None
        for label, days in ((half, waiting.median), (nine, waiting.ninetieth))
    ]


def _days(count: int) -> str:
    if not count:
        return _("the same day")
    return ngettext("%(count)s working day", "%(count)s working days", count) % {"count": moments.number(count)}
