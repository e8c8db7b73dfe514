"""All that the operators' page shows: each part in words, the tasks of the clock, the newest backup."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from portal.running.backups.made import last_backup
from portal.running.backups.manifest import Manifest
from portal.watching import health
from portal.watching.schedule import Scheduled, scheduled
from portal.watching.words import BACKUPS_NOT_SEEN, NO_CLOCK, PARTS, STATES, TASKS, Words

UNKNOWN = "unknown"


@dataclass(frozen=True)
class Line:
    """One part: its state, and what that means or what to do."""

    name: str
    state: str
    text: Words

    @property
    def title(self) -> Words:
        return PARTS[self.name][0] if self.name in PARTS else self.name

    @property
    def badge(self) -> str:
        return STATES[self.state][0]

    @property
    def state_word(self) -> Words:
        return STATES[self.state][1]


@dataclass(frozen=True)
class TaskLine:
    """A task of the clock with its name in words."""

    run: Scheduled

    @property
    def title(self) -> Words:
        return TASKS.get(self.run.name, self.run.name)


@dataclass(frozen=True)
class Overview:
    lines: list[Line]
    tasks: list[TaskLine]
    backup: Manifest | None

    @property
    def has_clock(self) -> bool:
        """Whether there is a list of tasks to show."""
        return bool(settings.REDIS_URL)

    @property
    def is_well(self) -> bool:
        return all(line.state == health.OK for line in self.lines)


def _line(name: str, state: str, text: Words = "") -> Line:
    _title, well, otherwise = PARTS.get(name, (name, "", ""))
    return Line(name, state, text or (well if state == health.OK else otherwise))


def _clock(runs: list[Scheduled]) -> Line:
    if not settings.REDIS_URL:
        return _line("clock", UNKNOWN, NO_CLOCK)
    is_well = not any(run.is_late or run.has_failed for run in runs)
    return _line("clock", health.OK if is_well else health.DEGRADED)


def _backup(newest: Manifest | None) -> Line:
    if not settings.BACKUP_FOLDER:
        return _line("backup", UNKNOWN, BACKUPS_NOT_SEEN)
    oldest = timezone.now() - timedelta(hours=settings.BACKUP_MAX_HOURS)
    return _line("backup", health.OK if newest and newest.made > oldest else health.DEGRADED)


def overview() -> Overview:
    """Everything as it is now."""
    runs, newest = list(scheduled()), last_backup()
    is_late = import_string(settings.COUNT_LATE_ANSWERS)() > 0
    return Overview(
        lines=[
            *(_line(part.name, part.state) for part in health.parts()),
            _clock(runs),
            _line("answers", health.DEGRADED if is_late else health.OK),
            _backup(newest),
        ],
        tasks=[TaskLine(run) for run in runs],
        backup=newest,
    )
