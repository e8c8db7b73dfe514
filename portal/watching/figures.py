"""What the database, Redis and the folder of backups know of the portal, for Prometheus."""

from collections.abc import Iterator

from django.conf import settings
from django.db import connections
from django.db.models import Count, Min
from django.utils import timezone
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from portal.mail.delivery import waiting
from portal.mail.outbox import failed
from portal.release import release
from portal.replicas.watching import watch
from portal.running import maintenance
from portal.running.backups.made import last_backup
from portal.watching import health
from portal.watching.schedule import scheduled

STATES = {health.OK: 1.0, health.DEGRADED: 0.5, health.DOWN: 0.0}


def of_health() -> Iterator[Metric]:
    """Each part as the probes see it, and which release says so."""
    states = GaugeMetricFamily("portal_part_health", "1 well, 0.5 degraded, 0 down", labels=["part"])
    for part in health.parts():
        states.add_metric([part.name], STATES[part.state])
    yield states
    running = GaugeMetricFamily("portal_release", "The release that runs", labels=["release"])
    running.add_metric([release()], 1)
    yield running


def of_mail() -> Iterator[Metric]:
    """The outbox."""
    found = waiting().order_by().aggregate(count=Count("pk"), oldest=Min("created"))
    seconds = (timezone.now() - found["oldest"]).total_seconds() if found["oldest"] else 0
    yield GaugeMetricFamily("portal_mail_waiting", "Mails that have still to go", found["count"])
    yield GaugeMetricFamily("portal_mail_oldest_seconds", "How long the oldest of them waits", max(0, seconds))
    yield GaugeMetricFamily("portal_mail_failed", "Mails that will not go by themselves", failed().count())


def of_tasks() -> Iterator[Metric]:
    """The queues of the workers, and what happens by the clock."""
    queues = GaugeMetricFamily("portal_tasks_waiting", "Tasks that no worker has taken", labels=["queue"])
    for queue, length in health.queue_lengths().items():
        queues.add_metric([queue], length)
    success = GaugeMetricFamily(
        "portal_task_last_success_timestamp_seconds", "When a task of the clock was done last", labels=["task"]
    )
    failures = CounterMetricFamily("portal_task_failures", "How often a task of the clock failed", labels=["task"])
    late = GaugeMetricFamily("portal_task_late", "1 when a task of the clock should have been done", labels=["task"])
    for one in scheduled():
        if one.succeeded_at:
            success.add_metric([one.name], one.succeeded_at.timestamp())
        failures.add_metric([one.name], one.failures)
        late.add_metric([one.name], int(one.is_late))
    yield from (queues, success, failures, late)


def of_databases() -> Iterator[Metric]:
    """Connections to the primary, and the replicas that this process reads from."""
    in_use = len(watch().usable()) if settings.REPLICAS else 0
    yield GaugeMetricFamily("portal_replicas", "Replicas that are set", len(settings.REPLICAS))
    yield GaugeMetricFamily("portal_replicas_in_use", "Replicas near enough to be read", in_use)
    if connections["default"].vendor != "postgresql":
        return
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT count(*), current_setting('max_connections')::int FROM pg_stat_activity")
        used, most = cursor.fetchone()
    yield GaugeMetricFamily("portal_database_connections", "Connections that the server has", used)
    yield GaugeMetricFamily("portal_database_connections_max", "Connections that it allows", most)


def of_maintenance() -> Iterator[Metric]:
    """Whether the portal rests, so that what it does not do meanwhile wakes nobody."""
    until = maintenance.until()
    yield GaugeMetricFamily(
        "portal_rests_until_timestamp_seconds",
        "When maintenance should be over; 0 while the portal works",
        until.timestamp() if until else 0,
    )


def of_backups() -> Iterator[Metric]:
    """The newest backup, where a folder of backups is named: 1970 when it has none."""
    if settings.BACKUP_FOLDER:
        found = last_backup()
        made = found.made.timestamp() if found else 0
        yield GaugeMetricFamily("portal_backup_last_timestamp_seconds", "When the newest backup was made", made)
