"""Entry point of the worker processes. Tasks live in each app's `tasks.py`."""

import os

from celery import Celery, signals

from portal.watching.logs import hand_on_to_tasks, keep_our_logging, leave_request, take_over_from_request
from portal.watching.schedule import task_begins, task_ended

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

app = Celery("portal", task_cls="portal.running.resting:RestingTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# `LOGGING` says how the log looks, also in a worker: Celery has a handler of its own otherwise.
signals.setup_logging.connect(keep_our_logging)
signals.before_task_publish.connect(hand_on_to_tasks)
signals.task_prerun.connect(take_over_from_request)
signals.task_prerun.connect(task_begins)
signals.task_postrun.connect(task_ended)
signals.task_postrun.connect(leave_request)
