"""Pages that the operator edits: about, terms, privacy, accessibility, contact."""

from django.db import models
from django.urls import reverse


class Page(models.Model):
    """A text of the operator's, in Markdown, in any of the interface languages."""

    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=200)
    body = models.TextField(help_text="Markdown. ## makes a heading.")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("page", args=[self.slug])
