"""What waits for a decision, in its order: a page of it at a time, however much it is.

Each kind of case is read by itself from where the page begins, by its index, so that a page costs the same with ten
cases and with fifty thousand. People who wait for an answer come first, by age; re-checks come after them: a new rule
set can open many on one day, and readers see those listings already.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from listings.models import Report, Version
from moderation.models import Recheck
from moderation.queue.choosing import EVERYTHING, Choice
from organizations.models import Organization, OrganizationChange
from portal.working_days import is_late, promised_day

CASES_PER_PAGE = 25
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MARK = re.compile(r"(?P<kind>[a-z_]{1,20})\.(?P<since>[0-9]{1,16})\.(?P<pk>[0-9]{1,18})")


@dataclass(frozen=True)
class Source:
    """Where the cases of one kind come from; `since` names the time from which they wait."""

    kind: str
    waiting: Callable[[], QuerySet[Any]]
    since: str
    organization: str
    comes_last: bool = False

    def chosen(self, choice: Choice) -> QuerySet[Any]:
        """Those of the kind that are in the choice."""
        if choice.kind not in ("", self.kind):
            return self.waiting().none()
        return choice.narrow(self.waiting(), self)


SOURCES: Mapping[str, Source] = {
    source.kind: source
    for source in (
        Source("organization", lambda: Organization.objects.awaiting_decision(), "registered_at", "pk"),
        Source(
            "organization_change", lambda: OrganizationChange.objects.awaiting_decision(), "asked_at", "organization"
        ),
        Source("report", lambda: Report.objects.awaiting_decision(), "made_at", "listing__organization"),
        Source("version", lambda: Version.objects.awaiting_decision(), "submitted_at", "listing__organization"),
        Source("recheck", lambda: Recheck.objects.awaiting_decision(), "opened_at", "listing__organization", True),
    )
}
Key = tuple[bool, datetime, str, int]


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
    def promised_on(self) -> date:
        """The day by which the people who wait were promised an answer."""
        return promised_day(self.since)

    @property
    def is_late(self) -> bool:
        return is_late(self.since)

    @property
    def url(self) -> str:
        """Where it is decided."""
        return reverse(f"{self.kind}_decide", args=[self.pk])

    @property
    def key(self) -> Key:
        """Its place in the order of all cases."""
        return (SOURCES[self.kind].comes_last, self.since, self.kind, self.pk)

    @property
    def mark(self) -> str:
        """Its place, for an address."""
        return f"{self.kind}.{(self.since - _EPOCH) // timedelta(microseconds=1)}.{self.pk}"


def case_at(mark: str) -> Case | None:
    """The case whose place an address has; it may have been decided since. None when it is no such place."""
    found = _MARK.fullmatch(mark)
    if found is None or found["kind"] not in SOURCES:
        return None
    return Case(found["kind"], int(found["pk"]), _EPOCH + timedelta(microseconds=int(found["since"])))


def _beside(source: Source, case: Case, side: str) -> Q:
    """Which of a source stand before (`lt`) or behind (`gt`) a case in the order of all."""
    if source.comes_last != SOURCES[case.kind].comes_last:
        is_wanted = source.comes_last == (side == "gt")
        return Q() if is_wanted else Q(pk__in=[])
    at_once = Q(**{source.since: case.since})
    if source.kind == case.kind:
        at_once &= Q(**{f"pk__{side}": case.pk})
    elif (source.kind > case.kind) != (side == "gt"):
        at_once &= Q(pk__in=[])
    # Said twice, because an index on the time serves the first part alone.
    return Q(**{f"{source.since}__{side}e": case.since}) & (Q(**{f"{source.since}__{side}": case.since}) | at_once)


def waiting_cases(
    choice: Choice = EVERYTHING, *, behind: Case | None = None, most: int = CASES_PER_PAGE + 1
) -> list[Case]:
    """The first cases of a choice, or those `behind` one of them, in their order."""
    found: list[Case] = []
    for comes_last in (False, True):
        if len(found) >= most:
            break
        for source in SOURCES.values():
            if source.comes_last != comes_last:
                continue
            rows = source.chosen(choice).order_by(source.since, "pk")
            if behind is not None:
                rows = rows.filter(_beside(source, behind, "gt"))
            found += [Case(source.kind, pk, since) for pk, since in rows.values_list("pk", source.since)[:most]]
    return sorted(found, key=lambda case: case.key)[:most]


def waiting_case(kind: str, pk: int) -> Case | None:
    """One case while it waits."""
    source = SOURCES[kind]
    since = source.waiting().filter(pk=pk).values_list(source.since, flat=True).first()
    return Case(kind, pk, since) if since is not None else None


def organization_of(case: Case) -> Organization | None:
    """Whose case it is; None when it no longer waits."""
    source = SOURCES[case.kind]
    pk = source.waiting().filter(pk=case.pk).values_list(source.organization, flat=True)
    return Organization.objects.filter(pk__in=pk).first()


def counts(choice: Choice = EVERYTHING) -> dict[str, int]:
    """How many cases of each kind a choice has."""
    return {kind: source.chosen(choice).count() for kind, source in SOURCES.items()}


def place_of(case: Case, choice: Choice = EVERYTHING) -> tuple[int, int]:
    """The case's place in a choice, and how many there are; 0 when it is not among them."""
    before = total = here = 0
    for source in SOURCES.values():
        found = (
            source.chosen(choice)
            .order_by()
            .aggregate(
                total=Count("pk"),
                before=Count("pk", _beside(source, case, "lt")),
                here=Count("pk", Q(pk=case.pk) if source.kind == case.kind else Q(pk__in=[])),
            )
        )
        before, total, here = before + found["before"], total + found["total"], here + found["here"]
    return (before + 1 if here else 0), total
