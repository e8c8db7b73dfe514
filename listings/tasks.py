"""What happens to listings by itself, every day or every week."""

from celery import shared_task

from listings import forgetting, links
from listings.actions.reminding import remind_of_all_confirming
from listings.search import rebuild


@shared_task
def remind_of_listings_to_confirm() -> None:
    """Remind the people of organizations of listings that run out soon."""
    remind_of_all_confirming()


@shared_task
def check_links() -> None:
    """Find links on public pages that no longer answer, and tell their organizations."""
    links.check_links()


@shared_task
def rebuild_search() -> None:
    """Clear the index of what is gone, and make the postings of the last days whole segments again."""
    rebuild.rebuild(pause=rebuild.LONGEST_SEARCH)


@shared_task
def forget_old_reports() -> None:
    """Empty what readers wrote long ago."""
    forgetting.forget_old_reports()
