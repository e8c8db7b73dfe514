"""What happens by the clock: when each task ran last, and whether it is late.

Beat and the workers have no address of their own where they could be asked. They write how a task went into the
database, so that it outlives each of them and an emptied Redis.
"""

import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from celery import current_app
from celery.schedules import crontab, maybe_schedule
from celery.states import RETRY, SUCCESS
from django.conf import settings
from django.db import DatabaseError
from django.db.models import F
from django.utils import timezone

logger = logging.getLogger(__name__)

# So long after its time a task may still be on its way: a worker does others first.
GRACE = timedelta(hours=1)
SHORT = timedelta(minutes=10)

_began: dict[str, float] = {}


def task_begins(task_id: str = "", **_: Any) -> None:
    """Celery's `task_prerun`."""
    _began[task_id] = time.monotonic()


def task_ended(task_id: str = "", task: Any = None, state: str | None = None, **_: Any) -> None:
    """Celery's `task_postrun`. What ran in the process that asked for it is not by the clock, and is not written."""
    from portal.models import TaskRun

    seconds = time.monotonic() - _began.pop(task_id, time.monotonic())
    if task is None or task.request.is_eager or state == RETRY:
        return
    now = timezone.now()
    change: dict[str, Any] = {"seconds": round(seconds, 3)}
    change |= {"succeeded_at": now} if state == SUCCESS else {"failed_at": now, "failures": F("failures") + 1}
    try:
        if not TaskRun.objects.filter(task=task.name).update(**change):
            TaskRun.objects.get_or_create(task=task.name)
            TaskRun.objects.filter(task=task.name).update(**change)
    except DatabaseError as error:
        logger.warning("How a task went cannot be written: %s", type(error).__name__)


@dataclass(frozen=True)
class Scheduled:
    """A task of the clock. `is_late` when its time has passed and it has not been done."""

    name: str
    task: str
    succeeded_at: datetime | None
    failed_at: datetime | None
    failures: int
    is_late: bool

    @property
    def has_failed(self) -> bool:
        """Whether it failed the last time."""
        return self.failed_at is not None and (self.succeeded_at is None or self.failed_at > self.succeeded_at)


def scheduled() -> Iterator[Scheduled]:
    """Each task of the clock with its last run; nothing is late where nothing runs by the clock."""
    from portal.models import TaskRun

    runs = {run.task: run for run in TaskRun.objects.all()}
    for name, entry in settings.CELERY_BEAT_SCHEDULE.items():
        run = runs.get(entry["task"], TaskRun(task=entry["task"]))
        late = bool(settings.REDIS_URL) and _is_late(entry["schedule"], run.succeeded_at)
        yield Scheduled(name, run.task, run.succeeded_at, run.failed_at, run.failures, late)


def _is_late(when: timedelta | crontab, last: datetime | None) -> bool:
    """A task that has never run is late only where it runs many times a day: others may be new."""
    often = isinstance(when, timedelta) and when < GRACE
    if last is None:
        return often
    remaining = maybe_schedule(when, app=current_app).remaining_estimate(last)
    return remaining < -(SHORT if often else GRACE)
