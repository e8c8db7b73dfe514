"""What moderators and operators are told by themselves every day."""

from celery import shared_task

from moderation.actions.holding import forget_holds
from moderation.actions.reminding import remind_of_all_cases


@shared_task
def remind_of_waiting_cases() -> None:
    """Remind of cases whose promised day comes or is past."""
    remind_of_all_cases()


@shared_task
def forget_old_holds() -> None:
    """Delete what moderators had in hand and nobody decided there."""
    forget_holds()
