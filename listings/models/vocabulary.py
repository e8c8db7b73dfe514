"""What kind of activity, and for whom: codes with names in every language, loaded with the reference data."""

from django.db import models


class ActivityForm(models.Model):
    """What kind of activity it is. `family` gives its colour on the street."""

    code = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=120)
    family = models.CharField(max_length=10)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name


class TargetGroup(models.Model):
    """Whom an activity is for."""

    code = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=120)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name
