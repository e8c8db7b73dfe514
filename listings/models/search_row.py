"""What the search reads: one row for each listing that has been published."""

from django.db import models

from .listing import Listing


class SearchRow(models.Model):
    """The words of a published listing: folded and stemmed, each with a space before and after it."""

    listing = models.OneToOneField(Listing, on_delete=models.CASCADE, primary_key=True, related_name="search_row")
    words = models.TextField()

    def __str__(self) -> str:
        return f"words of listing {self.listing_id}"
