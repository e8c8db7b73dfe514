"""A selection of the queue that a moderator has given a name."""

from django.conf import settings
from django.db import models


class SavedView(models.Model):
    """`query` is the query string of the queue, in canonical order."""

    QUERY_LENGTH = 500
    MOST = 30

    moderator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=QUERY_LENGTH)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["moderator", "name"], name="saved_view_name_once")]

    def __str__(self) -> str:
        return self.name
