"""Which regions a moderator looks after, and who stands in while they are away."""

from datetime import date

from django.conf import settings
from django.db import models

from portal.models import Region


class Duty(models.Model):
    """Without regions: the whole country. `away_until` is the last day away."""

    moderator = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="duty")
    regions: models.ManyToManyField = models.ManyToManyField(Region, blank=True, related_name="+")
    away_from = models.DateField(null=True, blank=True)
    away_until = models.DateField(null=True, blank=True)
    stand_in = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="stands_in_for"
    )

    class Meta:
        ordering = ["moderator"]

    def __str__(self) -> str:
        return str(self.moderator)

    def is_away_during(self, first: date, last: date) -> bool:
        """Whether one of these days is a day away."""
        if self.away_from is None or self.away_until is None:
            return False
        return self.away_from <= last and first <= self.away_until
