"""The times at which a published listing meets, derived from its schedule."""

from django.db import models

from .listing import Listing


class SessionQuerySet(models.QuerySet["Session"]):
    def upcoming(self, today) -> "SessionQuerySet":
        return self.filter(on__gte=today).order_by("on", "starts")


class Session(models.Model):
    """One time at which an activity meets. `starts` is missing when the organization gave dates only."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="sessions")
    on = models.DateField()
    weekday = models.CharField(max_length=3)
    starts = models.TimeField(null=True)
    ends = models.TimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["on", "starts"]
        constraints = [models.UniqueConstraint(fields=["listing", "on"], name="session_once_a_day")]
        indexes = [models.Index(fields=["on", "weekday"], name="session_by_day")]

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d}"
