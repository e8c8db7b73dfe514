"""What readers wrote goes by itself when its time is over. `settings.KEPT_DAYS` has the period."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from listings.models import Report

# The mark of a day serves only to count what one network sends in that day.
TODAYS_MARK = timedelta(days=2)


def forget_old_reports(now: datetime | None = None) -> int:
    """Empty the words, addresses and marks of old reports; how many there were. That there was a report stays."""
    now = now or timezone.now()
    Report.objects.filter(made_at__lt=now - TODAYS_MARK).exclude(sender_today="").update(sender_today="")
    old = Report.objects.filter(made_at__lt=now - timedelta(days=settings.KEPT_DAYS["report"]))
    return old.exclude(words="", reader_email="", sender="", reply="").update(
        words="", reader_email="", sender="", reply=""
    )
