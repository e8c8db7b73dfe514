"""A clock that is wrong for some processes, by libfaketime."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from scripts.faults.scene import Scene
from scripts.production.machine import Missing

AHEAD = "+1h"
AHEAD_SECONDS = 20
WHO = ("web-1", "worker-1", "beat")


def library() -> str:
    found = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
    if not found:
        raise Missing("libfaketime is missing: apt-get install faketime")
    return str(found[0])


def clock_jumps(scene: Scene) -> None:
    """Some start with a clock an hour ahead, work so for a while, and start again with the right one.

    The clock cannot be moved under a running process: libfaketime would move the one that never jumps with it.
    """
    shifted = {"LD_PRELOAD": library(), "FAKETIME": AHEAD, "NO_FAKE_STAT": "1"}
    for name in WHO:
        scene.production.processes[name].environment |= shifted
        scene.production.restart(name)
    time.sleep(AHEAD_SECONDS)
    log = (scene.production.folder / "logs" / "web-1.log").read_text()
    scene.check(f'"{_hour_ahead():%Y-%m-%dT%H:}' in log, "no clock was ahead")
    for name in WHO:
        for variable in shifted:
            del scene.production.processes[name].environment[variable]
        scene.production.restart(name)
    at = time.monotonic()
    _runs_again(scene)
    scene.told.phase.back_after = time.monotonic() - at


def _hour_ahead() -> datetime:
    return datetime.now(UTC) + timedelta(hours=1)


def _runs_again(scene: Scene) -> None:
    """With the right time again, beat has to go on within a minute and not in an hour."""
    from django.utils import timezone

    from portal.models import TaskRun

    begin = timezone.now()
    # What a worker with the wrong clock wrote is an hour ahead, and is no sign.
    runs = TaskRun.objects.filter(task="portal.tasks.seal_audit", succeeded_at__gte=begin)
    scene.until(lambda: runs.filter(succeeded_at__lt=timezone.now()).exists(), "beat does not go on", 90)
