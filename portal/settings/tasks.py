"""Celery: what happens after a commit, and by the clock."""

from typing import Any

from kombu import Queue

from portal.by_the_clock import BEAT_SCHEDULE
from portal.settings.data import REDIS_URL

CELERY_BROKER_URL = REDIS_URL or "memory://"
CELERY_TASK_ALWAYS_EAGER = not REDIS_URL  # without Redis a task runs in the process that asks for it, after commit
CELERY_TASK_IGNORE_RESULT = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Redis is asked once, briefly: what must happen is a row already, and the schedule picks it up later.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BEAT_SCHEDULE = dict(BEAT_SCHEDULE)
CELERY_BEAT_SCHEDULER = "portal.running.beat:UprightScheduler"
CELERY_TIMEZONE = "Europe/Helsinki"

# Queues, the most urgent first: a worker that has several looks into them in this order. Without `-Q` it has all.
# mail: somebody waits for it. today: what is told and tidied within the day. long: what may take hours.
CELERY_TASK_QUEUES = [Queue("mail"), Queue("today"), Queue("long")]
CELERY_TASK_DEFAULT_QUEUE = "today"
CELERY_TASK_ROUTES = {
    "portal.tasks.send_waiting_mail": {"queue": "mail"},
    "listings.tasks.check_links": {"queue": "long"},
    "listings.tasks.rebuild_search": {"queue": "long"},
    "portal.tasks.check_invariants": {"queue": "long"},
    "*.forget_*": {"queue": "long"},
}
CELERY_WORKER_PREFETCH_MULTIPLIER = 1  # nothing waits behind long work in one worker while another has none

# Time limits, in seconds: first the task is told, so that it can end its transaction, then it is ended.
CELERY_TASK_SOFT_TIME_LIMIT = 5 * 60
CELERY_TASK_TIME_LIMIT = 6 * 60
LONGEST_TASK = 6 * 60 * 60
_LONG = {"soft_time_limit": LONGEST_TASK - 60, "time_limit": LONGEST_TASK}
CELERY_TASK_ANNOTATIONS: dict[str, dict[str, Any]] = {
    "listings.tasks.check_links": _LONG,
    "listings.tasks.rebuild_search": _LONG,
    "organizations.tasks.forget_old_data": _LONG,
    "portal.tasks.check_invariants": _LONG,
    # Each mail has its own limit (EMAIL_TIMEOUT). Told midway, it would take a mail for failed: it never is.
    "portal.tasks.send_waiting_mail": {"soft_time_limit": 60 * 60, "time_limit": 60 * 60},
}
# A task is taken off its queue when it is done, so that it is not lost with its machine. Only one that has killed its
# own process is not done again, or it would go round for ever: its row waits, and the schedule comes back to it.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = False
# What memory a task has left behind goes with its process.
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 500_000  # kilobytes
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 2,
    "socket_timeout": 5,
    "queue_order_strategy": "priority",
    # Redis gives a task to another worker when this time is over: later than the longest task can last.
    "visibility_timeout": LONGEST_TASK + 10 * 60,
}
