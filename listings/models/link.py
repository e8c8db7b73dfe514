"""Addresses in listings that no longer answer."""

from datetime import timedelta

from django.db import models

from .listing import Listing

# So far apart are two runs that found nothing.
SURE_AFTER = timedelta(days=1)


class BrokenLinkQuerySet(models.QuerySet["BrokenLink"]):
    def broken(self) -> "BrokenLinkQuerySet":
        """Those at which nothing was found twice, a day apart at least."""
        return self.filter(last_seen_at__gte=models.F("first_seen_at") + SURE_AFTER)


class BrokenLink(models.Model):
    """An address on the page of a listing at which nothing was found, twice at least when it is told.

    `problem` is a code of `listings.links.Problem`; the row goes away when the address answers or is gone.
    """

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="broken_links")
    url = models.URLField(max_length=400)
    problem = models.CharField(max_length=20)
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    objects = BrokenLinkQuerySet.as_manager()

    class Meta:
        ordering = ["listing", "url"]
        constraints = [models.UniqueConstraint(fields=["listing", "url"], name="broken_link_once")]

    def __str__(self) -> str:
        return self.url
