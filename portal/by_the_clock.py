"""What happens by itself, and when: the tasks of the beat process, in the time of Helsinki.

What happens once a day has its time of the day. A span of a day would begin anew with each start of beat on a machine
without its notes, and never be over where it starts every day.
"""

from datetime import timedelta
from typing import Any

from celery.schedules import crontab

EACH_MINUTE: dict[str, Any] = {
    "schedule": timedelta(minutes=1),
    # Those that nobody took, as in a night of maintenance, do not all run afterwards. Longer than a clock is wrong by.
    "options": {"expires": timedelta(hours=2).total_seconds()},
}
BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "send-waiting-mail": {"task": "portal.tasks.send_waiting_mail", **EACH_MINUTE},
    "send-digests": {"task": "portal.tasks.send_digests", "schedule": crontab(hour=8, minute=0)},
    "forget-old-mail": {"task": "portal.tasks.forget_old_mail", "schedule": crontab(hour=3, minute=10)},
    "remind-of-waiting-requests": {
        "task": "organizations.tasks.remind_of_waiting_requests",
        "schedule": crontab(hour=6, minute=30),
    },
    "remind-of-listings-to-confirm": {
        "task": "listings.tasks.remind_of_listings_to_confirm",
        "schedule": crontab(hour=6, minute=45),
    },
    "forget-old-holds": {"task": "moderation.tasks.forget_old_holds", "schedule": crontab(hour=3, minute=15)},
    "remind-of-waiting-cases": {
        "task": "moderation.tasks.remind_of_waiting_cases",
        "schedule": crontab(hour=7, minute=30),
    },
    "check-links": {"task": "listings.tasks.check_links", "schedule": crontab(hour=3, minute=0, day_of_week="mon")},
    "rebuild-search": {
        "task": "listings.tasks.rebuild_search",
        "schedule": crontab(day_of_week="sunday", hour=4, minute=30),
    },
    "forget-old-sessions": {"task": "portal.tasks.forget_old_sessions", "schedule": crontab(hour=3, minute=20)},
    "forget-old-data": {"task": "organizations.tasks.forget_old_data", "schedule": crontab(hour=2, minute=0)},
    "forget-old-reports": {"task": "listings.tasks.forget_old_reports", "schedule": crontab(hour=3, minute=25)},
    "forget-old-feedback": {"task": "portal.tasks.forget_old_feedback", "schedule": crontab(hour=3, minute=30)},
    "remind-of-feedback": {"task": "portal.tasks.remind_of_feedback", "schedule": crontab(hour=7, minute=45)},
    "seal-audit": {"task": "portal.tasks.seal_audit", **EACH_MINUTE},
    "check-invariants": {
        "task": "portal.tasks.check_invariants",
        "schedule": crontab(day_of_week="saturday", hour=4, minute=0),
    },
    "publish-audit-head": {"task": "portal.tasks.publish_audit_head", "schedule": crontab(hour=5, minute=15)},
}
