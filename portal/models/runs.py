"""How the tasks of the workers went."""

from django.db import models


class TaskRun(models.Model):
    """A row for each task: when it did what it should, when it did not, and how often not."""

    task = models.CharField(max_length=120, unique=True)
    succeeded_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    failures = models.PositiveBigIntegerField(default=0)
    seconds = models.FloatField(default=0)

    class Meta:
        ordering = ["task"]

    def __str__(self) -> str:
        return self.task
