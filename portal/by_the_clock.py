"""What happens by itself, and when: the tasks of the beat process, in the time of Helsinki."""

from datetime import timedelta
from typing import Any

from celery.schedules import crontab

BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "send-waiting-mail": {"task": "portal.tasks.send_waiting_mail", "schedule": timedelta(minutes=1)},
    "send-digests": {"task": "portal.tasks.send_digests", "schedule": crontab(hour=8, minute=0)},
    "forget-old-mail": {"task": "portal.tasks.forget_old_mail", "schedule": timedelta(days=1)},
    "remind-of-waiting-requests": {
        "task": "organizations.tasks.remind_of_waiting_requests",
        "schedule": timedelta(days=1),
    },
    "remind-of-listings-to-confirm": {
        "task": "listings.tasks.remind_of_listings_to_confirm",
        "schedule": timedelta(days=1),
    },
    "forget-old-holds": {"task": "moderation.tasks.forget_old_holds", "schedule": timedelta(days=1)},
    "remind-of-waiting-cases": {
        "task": "moderation.tasks.remind_of_waiting_cases",
        "schedule": crontab(hour=7, minute=30),
    },
    "check-links": {"task": "listings.tasks.check_links", "schedule": crontab(hour=3, minute=0, day_of_week="mon")},
    "rebuild-search": {
        "task": "listings.tasks.rebuild_search",
        "schedule": crontab(day_of_week="sunday", hour=4, minute=30),
    },
    "forget-old-sessions": {"task": "portal.tasks.forget_old_sessions", "schedule": timedelta(days=1)},
    "forget-old-data": {"task": "organizations.tasks.forget_old_data", "schedule": timedelta(days=1)},
    "forget-old-reports": {"task": "listings.tasks.forget_old_reports", "schedule": timedelta(days=1)},
    "forget-old-feedback": {"task": "portal.tasks.forget_old_feedback", "schedule": timedelta(days=1)},
    "remind-of-feedback": {"task": "portal.tasks.remind_of_feedback", "schedule": crontab(hour=7, minute=45)},
}
