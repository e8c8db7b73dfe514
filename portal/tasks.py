"""What the portal does by itself every day."""

from celery import shared_task
from django.core.management import call_command


@shared_task
def forget_old_sessions() -> None:
    """Delete the sessions of people who have not come back."""
    call_command("clearsessions")
