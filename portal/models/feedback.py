"""What people tell of the accessibility of the portal. The law gives two weeks for an answer."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

ANSWER_DAYS = 14


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    def waiting(self) -> "FeedbackQuerySet":
        """What nobody has answered, the oldest first."""
        return self.filter(answered_at__isnull=True).order_by("made_at", "pk")

    def answered(self) -> "FeedbackQuerySet":
        """What was answered, the newest answer first."""
        return self.filter(answered_at__isnull=False).order_by("-answered_at", "-pk")


class Feedback(models.Model):
    """What one person says. An address only if they want an answer; `sender_today` counts and names nobody."""

    LONGEST_WORDS = 4000

    words = models.TextField(max_length=LONGEST_WORDS)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=10)
    sender_today = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    # The address goes when the answer is sent; that there was one stays.
    wants_answer = models.BooleanField(default=False)
    answer = models.TextField(max_length=LONGEST_WORDS, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | (models.Q(answered_at__isnull=False, answered_by__isnull=False) & ~models.Q(answer="")),
                name="feedback_answered_has_answer",
            ),
        ]
        indexes = [
            models.Index(fields=["answered_at", "made_at"], name="feedback_waiting"),
            models.Index(fields=["sender_today"], name="feedback_sender_today"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.answered_at is None

    @property
    def last_day(self) -> date:
        """The last day on which the answer is in time."""
        return timezone.localdate(self.made_at) + timedelta(days=ANSWER_DAYS)

    @property
    def days_left(self) -> int:
        """How many days are left for the answer; 0 on the last one, negative when it is late."""
        return (self.last_day - timezone.localdate()).days
