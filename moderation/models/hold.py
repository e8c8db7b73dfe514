"""A case that one moderator has in hand, so that no other decides it at the same time."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class HoldQuerySet(models.QuerySet["Hold"]):
    def in_force(self) -> "HoldQuerySet":
        """Those whose time is not over."""
        return self.filter(until__gt=timezone.now())


class Hold(models.Model):
    """`kind` and `case_id` name the case as `moderation.queue.cases.Case` does. After `until` anybody may take it."""

    kind = models.CharField(max_length=20)
    case_id = models.PositiveBigIntegerField()
    moderator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="holds")
    until = models.DateTimeField()

    objects = HoldQuerySet.as_manager()

    class Meta:
        ordering = ["until", "pk"]
        constraints = [models.UniqueConstraint(fields=["kind", "case_id"], name="hold_one_for_each_case")]

    def __str__(self) -> str:
        return f"{self.kind} {self.case_id}"
