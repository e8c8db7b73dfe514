"""What happens to listings by itself every day."""

from celery import shared_task

from listings import forgetting
from listings.actions.reminding import remind_of_all_confirming
from listings.search import rebuild


@shared_task
def remind_of_listings_to_confirm() -> None:
    """Remind the people of organizations of listings that run out soon."""
    remind_of_all_confirming()


@shared_task
def rebuild_search() -> None:
    """Clear the index of what is gone, and make the postings of the last days whole segments again."""
    rebuild.rebuild(pause=rebuild.LONGEST_SEARCH)


@shared_task
def forget_old_reports() -> None:
    """Empty what readers wrote long ago."""
    forgetting.forget_old_reports()
