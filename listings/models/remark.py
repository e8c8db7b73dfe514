"""What the people of an organization and the moderators say to each other about one version."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from .version import Version


class Remark(models.Model):
    """One message of that talk. It is never changed."""

    LONGEST = 2000

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="remarks")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="remarks")
    is_from_moderator = models.BooleanField()
    text = models.TextField(max_length=LONGEST)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.at:%Y-%m-%d}"
