"""Tasks wait while the portal rests: a worker puts them off and runs them afterwards."""

from typing import Any

from celery import Task

from portal.running import maintenance

TRIES_AGAIN_SECONDS = 60


class RestingTask(Task):
    """The task of every module. What runs in the process that asks for it, without a worker, never waits."""

    abstract = True
    max_retries = None  # however long the portal rests; `retry(max_retries=None)` would mean what stands here: 3

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if not self.request.called_directly and not self.request.is_eager and maintenance.is_on():
            raise self.retry(countdown=TRIES_AGAIN_SECONDS)
        return super().__call__(*args, **kwargs)
