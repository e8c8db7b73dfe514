"""Places and languages: facts that come with the project (`portal/reference/SOURCES.md`)."""

from django.db import models


class Region(models.Model):
    """One of the 19 regions, with its place on the tile map (columns and rows from the west and north)."""

    code = models.CharField(max_length=2, primary_key=True)
    name = models.CharField(max_length=80)
    town = models.CharField(max_length=3, help_text="Code of its main town")
    column = models.PositiveSmallIntegerField()
    row = models.PositiveSmallIntegerField()
    width = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Municipality(models.Model):
    """One of the 308 municipalities. The code is Statistics Finland's, three digits."""

    code = models.CharField(max_length=3, primary_key=True)
    name = models.CharField(max_length=80)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="municipalities")

    class Meta:
        ordering = ["name_fi"]
        verbose_name_plural = "municipalities"

    def __str__(self) -> str:
        return self.name


class Language(models.Model):
    """A language that an activity can use. The code is BCP 47."""

    code = models.CharField(max_length=12, primary_key=True)
    autonym = models.CharField(max_length=80)
    name = models.CharField(max_length=80)
    order = models.PositiveSmallIntegerField(default=1000)

    class Meta:
        ordering = ["order", "name_fi"]

    def __str__(self) -> str:
        return self.name
