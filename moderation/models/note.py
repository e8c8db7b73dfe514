"""What moderators tell each other. Nobody else reads it."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from listings.models import Listing
from organizations.models import Organization


class InternalNote(models.Model):
    """About an organization, or about one of its listings."""

    LONGEST = 2000

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="internal_notes")
    listing = models.ForeignKey(Listing, null=True, on_delete=models.CASCADE, related_name="internal_notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="internal_notes")
    text = models.TextField(max_length=LONGEST)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.organization_id}: {self.at:%Y-%m-%d}"
