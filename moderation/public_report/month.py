"""What was decided in one month, in numbers for everybody.

Made of what is never changed: decisions, and the trace of actions. So the numbers of a month that is over stay as they
are. They name nobody, and of a reason that was given less than three times only that much is told.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from math import ceil
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, TruncDate
from django.utils import timezone

from listings.eligibility import RULES
from listings.models import Report
from moderation.models import Decision, Recheck
from portal.models import AuditEvent
from portal.working_days import is_working_day

Outcome = Decision.Outcome

# Fewer than this are told as "1–2": nobody shall be recognised by the reason of the one decision of a month.
TOLD_FROM = 3
# By these, somebody who has waited gets an answer.
ANSWERS_TO_LISTINGS = (Outcome.PUBLISHED, Outcome.RETURNED, Outcome.REJECTED)
ANSWERS_TO_ORGANIZATIONS = (Outcome.APPROVED, Outcome.DECLINED)
# After these, somebody waits.
BEGINS_TO_WAIT = ("submitted", "reconsidered")
ENDS = (Outcome.REJECTED, Outcome.TAKEN_DOWN)


@dataclass(frozen=True, order=True)
class Month:
    """A month of the calendar in Finland."""

    first_day: date

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.replace(day=1))

    def __str__(self) -> str:
        return f"{self.first_day:%Y-%m}"

    @property
    def following(self) -> "Month":
        return Month.of(self.first_day + timedelta(days=31))

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """Its first moment, and that of the next month."""
        first, end = (datetime.combine(one.first_day, time.min) for one in (self, self.following))
        return timezone.make_aware(first), timezone.make_aware(end)


def reported_months() -> list[Month]:
    """The months that are over, from that of the first decision on; the newest first."""
    first = Decision.objects.order_by("at").values_list("at", flat=True).first()
    if first is None:
        return []
    month, present = Month.of(timezone.localdate(first)), Month.of(timezone.localdate())
    found = []
    while month < present:
        found.append(month)
        month = month.following
    return found[::-1]


@dataclass(frozen=True)
class Waiting:
    """How many working days people waited for an answer: half of them no longer than the median."""

    count: int
    median: int
    ninetieth: int


def working_days_between(since: date, until: date) -> int:
    """How many working days came after the one day, up to and with the other."""
    days = (since + timedelta(days=number + 1) for number in range((until - since).days))
    return sum(map(is_working_day, days))


def waiting_of(pairs: Iterable[tuple[date | None, date, int]]) -> Waiting | None:
    """From days of sending and of the answer, with how often each pair is; None when nobody waited."""
    waited: Counter[int] = Counter()
    for since, until, count in pairs:
        if since is not None:
            waited[working_days_between(since, until)] += count
    total = waited.total()
    return Waiting(total, _percentile(waited, total, 0.5), _percentile(waited, total, 0.9)) if total else None


def _percentile(waited: Counter[int], total: int, share: float) -> int:
    """The shortest wait that this share of all did not exceed."""
    rank, seen = ceil(total * share), 0
    for days in sorted(waited):
        seen += waited[days]
        if seen >= rank:
            return days
    raise ValueError("Nobody waited.")


@dataclass(frozen=True)
class MonthReport:
    """The numbers of one month, each counted by the database when it is asked for."""

    month: Month

    def _in_month(self, field: str) -> Q:
        first, end = self.month.bounds
        return Q(**{f"{field}__gte": first, f"{field}__lt": end})

    def _decisions(self, *outcomes: str) -> QuerySet[Decision]:
        return Decision.objects.filter(self._in_month("at"), outcome__in=outcomes).order_by()

    def _traced(self, verb: str, noun: str) -> int:
        return AuditEvent.objects.filter(self._in_month("at"), verb=verb, noun=noun).count()

    @cached_property
    def outcomes(self) -> Mapping[str, int]:
        """How many decisions of each kind there were."""
        return _counted(Decision.objects.filter(self._in_month("at")), "outcome")

    @cached_property
    def submitted(self) -> int:
        """How often a version was sent, each time that the same one was sent again, too."""
        return self._traced("submitted", "version")

    @cached_property
    def published_at_once(self) -> int:
        return self._traced("published_unreviewed", "version")

    @cached_property
    def sampled(self) -> int:
        """How many of those that were public at once were drawn to be checked."""
        return Recheck.objects.filter(self._in_month("opened_at"), cause=Recheck.Cause.SAMPLE).count()

    @cached_property
    def sample_outcomes(self) -> Mapping[str, int]:
        """How the checks of this month ended."""
        return _counted(Recheck.objects.filter(self._in_month("closed_at"), cause=Recheck.Cause.SAMPLE), "outcome")

    @cached_property
    def reported(self) -> int:
        return self._traced("reported", "listing")

    @cached_property
    def report_outcomes(self) -> Mapping[str, int]:
        """How what readers said was answered."""
        return _counted(Report.objects.filter(self._in_month("closed_at")), "outcome")

    def reasons(self, *outcomes: str) -> list[tuple[str, int]]:
        """How often each rule was a reason of such decisions, the most frequent first; those that never were left out.

        The list of reasons is compared as text, which both databases write alike.
        """
        given = {
            f"count_{number}": Count("pk", filter=Q(written__contains=f'"{code}"')) for number, code in enumerate(RULES)
        }
        row = self._decisions(*outcomes).annotate(written=Cast("reasons", TextField())).aggregate(**given)
        found = [(code, row[f"count_{number}"]) for number, code in enumerate(RULES)]
        return sorted([one for one in found if one[1]], key=lambda one: -one[1])

    @cached_property
    def listings_waited(self) -> Waiting | None:
        """From the last sending before a decision until the decision."""
        sent = AuditEvent.objects.filter(
            noun="version", noun_id=OuterRef("version_id"), verb__in=BEGINS_TO_WAIT, at__lte=OuterRef("at")
        )
        decisions = self._decisions(*ANSWERS_TO_LISTINGS).annotate(
            since=Subquery(sent.order_by("-at").values("at")[:1])
        )
        return waiting_of(_by_days(decisions, "since"))

    @cached_property
    def organizations_waited(self) -> Waiting | None:
        """From registering until the decision."""
        return waiting_of(_by_days(self._decisions(*ANSWERS_TO_ORGANIZATIONS), "organization__registered_at"))

    @property
    def is_empty(self) -> bool:
        numbers = (self.submitted, self.published_at_once, self.sampled, self.reported)
        counted = (self.outcomes, self.sample_outcomes, self.report_outcomes)
        return not any(numbers) and not any(counted)


def _counted(rows: QuerySet[Any], field: str) -> dict[str, int]:
    return dict(rows.order_by().values_list(field).annotate(count=Count("pk")))


def _by_days(decisions: QuerySet[Decision], since: str) -> Iterable[tuple[date | None, date, int]]:
    """Few rows for many decisions: the day from which, the day on which, and how often."""
    return (
        decisions.annotate(from_day=TruncDate(since), to_day=TruncDate("at"))
        .values_list("from_day", "to_day")
        .annotate(count=Count("pk"))
    )
