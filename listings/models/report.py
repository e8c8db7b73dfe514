"""What readers say is wrong with a listing. They need no account, and leave an address only if they want an answer."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organizations.models import Organization

from .listing import Listing


class ReportQuerySet(models.QuerySet["Report"]):
    def waiting(self) -> "ReportQuerySet":
        """Those that nobody has answered."""
        return self.filter(closed_at__isnull=True)

    def for_organizations(self) -> "ReportQuerySet":
        """What the people of an organization can answer themselves, oldest first."""
        return self.waiting().filter(reason__in=Report.SMALL).order_by("made_at", "pk")

    def for_moderators(self, now: datetime | None = None) -> "ReportQuerySet":
        """Unsuitable content, what an organization left lying, and whatever hid a listing."""
        long_ago = (now or timezone.now()) - timedelta(days=settings.REPORT_ANSWER_DAYS)
        return self.waiting().filter(
            ~models.Q(reason__in=Report.SMALL)
            | models.Q(made_at__lte=long_ago)
            | models.Q(listing__hidden_at__isnull=False)
        )

    def awaiting_decision(self) -> "ReportQuerySet":
        """One case for each listing, oldest first. What readers do not see anyway can wait until they do."""
        shown = Listing.objects.filter(
            pk=models.OuterRef("listing"),
            organization__state=Organization.State.ACTIVE,
            withdrawn_at__isnull=True,
            versions__state="published",
        )
        before = Report.objects.for_moderators().filter(
            listing=models.OuterRef("listing"), pk__lt=models.OuterRef("pk")
        )
        cases = self.for_moderators().filter(models.Exists(shown), ~models.Exists(before.order_by()))
        return cases.order_by("made_at", "pk")


class Report(models.Model):
    """What one reader says about one listing.

    `sender` and `sender_today` tell two readers apart and name nobody: they are made of the network address with a key
    that stays here, one for this listing and one for this day, and the address itself is never stored.
    """

    class Reason(models.TextChoices):
        OVER = "over", _("It is over, or it no longer exists")
        WRONG_TIME_OR_PLACE = "wrong_time_or_place", _("The time or the place is wrong")
        NOT_AS_SAID = "not_as_said", _("It is not what the page says")
        UNSUITABLE = "unsuitable", _("It does not belong here: it is harmful, insulting or a fraud")
        OTHER = "other", _("Something else")

    class Outcome(models.TextChoices):
        CHANGED = "changed", _("The organizer changed it")
        RIGHT = "right", _("The organizer says that it is right")
        KEPT = "kept", _("A moderator checked it, and it stays")
        TAKEN_DOWN = "taken_down", _("A moderator took it away")

    # The organization mends these itself; the others are for moderators.
    SMALL = (Reason.OVER, Reason.WRONG_TIME_OR_PLACE, Reason.NOT_AS_SAID)
    # Enough of one of these hide a listing until somebody has checked it.
    HIDING = (Reason.OVER, Reason.UNSUITABLE)
    LONGEST_WORDS = 1000

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="reports")
    reason = models.CharField(max_length=20, choices=Reason.choices)
    words = models.TextField(max_length=LONGEST_WORDS, blank=True)
    reader_email = models.EmailField(blank=True)
    language = models.CharField(max_length=10)
    sender = models.CharField(max_length=64, blank=True)
    sender_today = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=12, blank=True, choices=Outcome.choices)
    reply = models.TextField(max_length=4000, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True, closed_by__isnull=True, outcome="")
                | models.Q(
                    closed_at__isnull=False,
                    closed_by__isnull=False,
                    outcome__in=["changed", "right", "kept", "taken_down"],
                ),
                name="report_closed_has_outcome",
            ),
        ]
        indexes = [
            models.Index(fields=["closed_at", "made_at"], name="report_waiting"),
            models.Index(fields=["sender_today"], name="report_sender_today"),
        ]

    def __str__(self) -> str:
        return f"{self.listing_id}: {self.reason}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_small(self) -> bool:
        """Whether the organization can answer it."""
        return self.reason in self.SMALL
