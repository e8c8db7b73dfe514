"""What organizations' people are told by themselves every day."""

from celery import shared_task

from organizations.actions.reminding import remind_of_requests
from organizations.privacy import retention


@shared_task
def remind_of_waiting_requests() -> None:
    """Remind main users of requests to join, and pass the old ones on to the moderators."""
    remind_of_requests()


@shared_task
def forget_old_data() -> None:
    """Warn people of silent accounts, and delete personal data whose time is over."""
    retention.forget_old_data()
