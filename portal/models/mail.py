"""Mail that waits to be sent together, and what has been sent already."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class DigestItem(models.Model):
    """A message that goes into the next digest of its recipient, already written in their language."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digest_items")
    kind = models.CharField(max_length=30)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    url = models.CharField(max_length=500)
    written_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["written_at", "pk"]
        indexes = [models.Index(fields=["sent_at", "recipient"], name="digest_waiting")]

    def __str__(self) -> str:
        return self.subject


class SentOnce(models.Model):
    """Something that may be told only once, such as the reminder of one day to one person, by its `key`."""

    key = models.CharField(max_length=120, unique=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.key
