"""The search index: derived tables that `listings/search/` alone writes and reads. `rebuild_search` makes them anew."""

from django.db import models

from .listing import Listing


class SearchState(models.Model):
    """One row: which generation of the index holds, and how often it has changed. Writers lock it, readers compare.

    `next_number` is the number of the next document. `analyser` names the analysis of words that the postings were
    made with; another one asks for a rebuild.
    """

    generation = models.PositiveIntegerField(default=0)
    version = models.PositiveBigIntegerField(default=0)
    next_number = models.PositiveBigIntegerField(default=0)
    analyser = models.CharField(max_length=80, blank=True)

    def __str__(self) -> str:
        return f"generation {self.generation}, version {self.version}"


class Document(models.Model):
    """A public listing in the index. The later it was published or confirmed, the higher its number."""

    generation = models.PositiveIntegerField()
    number = models.PositiveBigIntegerField()
    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="documents")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["generation", "number"], name="document_number_once"),
            models.UniqueConstraint(fields=["generation", "listing"], name="document_listing_once"),
        ]

    def __str__(self) -> str:
        return f"document {self.number}"


class Posting(models.Model):
    """The documents of one segment that have a term, as a roaring bitmap of their numbers.

    `term` is bytes (UTF-8), because bytes are ordered alike in every database: words are looked up by their beginnings.
    `version` is the state's version at the last change; a process that knows an older one reads the row again. Words,
    which no process keeps, have none.
    """

    generation = models.PositiveIntegerField()
    term = models.BinaryField(max_length=200)
    segment = models.PositiveIntegerField()
    is_facet = models.BooleanField()
    version = models.PositiveBigIntegerField()
    numbers = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["generation", "term", "segment"], name="posting_once"),
        ]
        indexes = [
            models.Index(
                fields=["generation", "version"], condition=models.Q(is_facet=True), name="posting_changed_facets"
            ),
        ]

    def __str__(self) -> str:
        return f"{bytes(self.term).decode(errors='replace')} in segment {self.segment}"
