"""What waits for moderators and what they have decided, for metrics and the operators' page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min
from django.utils import timezone
from prometheus_client.core import GaugeMetricFamily, Metric

from moderation.clock.late import count_late
from moderation.models import Decision
from moderation.queue.cases import SOURCES

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Waiting:
    """The cases of one kind: how many, and since when the oldest waits."""

    kind: str
    count: int
    oldest: datetime | None

    @property
    def seconds(self) -> float:
        return max(0.0, (timezone.now() - self.oldest).total_seconds()) if self.oldest else 0.0


def waiting() -> list[Waiting]:
    """Each kind of case, one query for each."""
    return [
        Waiting(
            kind, **source.waiting().order_by().aggregate(count=Count("pk", distinct=True), oldest=Min(source.since))
        )
        for kind, source in SOURCES.items()
    ]


def figures() -> Iterator[Metric]:
    cases = GaugeMetricFamily("portal_moderation_waiting", "Cases that wait for a decision", labels=["kind"])
    oldest = GaugeMetricFamily("portal_moderation_oldest_seconds", "How long the oldest waits", labels=["kind"])
    for one in waiting():
        cases.add_metric([one.kind], one.count)
        oldest.add_metric([one.kind], one.seconds)
    yield from (cases, oldest)
    yield GaugeMetricFamily("portal_moderation_late", "People who wait longer than they were promised", count_late())
    made = Decision.objects.filter(at__gte=timezone.now() - A_DAY).order_by()
    counts = dict(made.values_list("outcome").annotate(Count("pk")))
    decisions = GaugeMetricFamily("portal_decisions_last_day", "Decisions of 24 hours", labels=["outcome"])
    for outcome in Decision.Outcome.values:
        decisions.add_metric([outcome], counts.get(outcome, 0))
    yield decisions
