"""Tasks that only a test's worker knows (`--include`): they write down that they ran."""

import os
import signal
from pathlib import Path

from celery import shared_task


@shared_task
def tell(file: str, what: str) -> None:
    """Write a line."""
    with Path(file).open("a") as told:
        told.write(f"{what}\n")


@shared_task
def tell_and_die(file: str) -> None:
    """What a task looks like to which the system gives no more memory."""
    tell(file, "poison")
    os.kill(os.getpid(), signal.SIGKILL)
