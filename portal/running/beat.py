"""Beat, which goes on when its clock was wrong: else what it had noted as done an hour ahead would wait for an hour."""

from datetime import timedelta
from typing import Any

from celery.beat import PersistentScheduler

# Clocks that are set right little by little differ by less.
GRACE = timedelta(seconds=5)


class UprightScheduler(PersistentScheduler):
    """What is noted as done later than now counts as done now."""

    def tick(self, *args: Any, **kwargs: Any) -> float:
        ahead = [entry for entry in self.schedule.values() if entry.last_run_at > entry.default_now() + GRACE]
        for entry in ahead:
            entry.last_run_at = entry.default_now()
        if ahead:
            self._heap = None  # the order in which they are due is made anew
        return super().tick(*args, **kwargs)
