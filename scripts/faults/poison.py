"""Tasks that go wrong in the worst ways. Workers know them only while `scripts/faults` runs."""

import os
import signal

from celery import shared_task


@shared_task
def kill_own_process() -> None:
    """As when the system ends a process that has taken too much memory."""
    os.kill(os.getpid(), signal.SIGKILL)


@shared_task
def always_fail() -> None:
    """As when a row is such that nobody has thought of it."""
    raise RuntimeError("This task always fails.")
