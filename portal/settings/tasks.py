"""Celery: what happens after a commit, and by the clock."""

from portal.by_the_clock import BEAT_SCHEDULE
from portal.settings.data import REDIS_URL

CELERY_BROKER_URL = REDIS_URL or "memory://"
CELERY_TASK_ALWAYS_EAGER = not REDIS_URL  # without Redis a task runs in the process that asks for it, after commit
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Redis is asked once, briefly: what must happen is a row already, and the schedule picks it up later.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 2, "socket_timeout": 5}
CELERY_BEAT_SCHEDULE = dict(BEAT_SCHEDULE)
CELERY_TIMEZONE = "Europe/Helsinki"
