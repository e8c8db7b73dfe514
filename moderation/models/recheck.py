"""What moderators have to look at again, though readers see it already."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from listings.models import Listing


class RecheckQuerySet(models.QuerySet["Recheck"]):
    def unanswered(self) -> "RecheckQuerySet":
        """Those that nobody and nothing has closed."""
        return self.filter(closed_at__isnull=True)

    def awaiting_decision(self) -> "RecheckQuerySet":
        """What a moderator has to decide, oldest first. What readers do not see can wait until they do."""
        shown = Listing.objects.public().filter(pk=models.OuterRef("listing"))
        return self.unanswered().filter(models.Exists(shown)).order_by("opened_at", "pk")


class Recheck(models.Model):
    """A listing that readers see and that a moderator has to look at again.

    Its cause is either that the rules of `rule_set` find in it what no moderator has accepted, or that it became
    public without a decision and was drawn for a check afterwards (a `SAMPLE`).

    It is about the listing and not about a version: a version that becomes public without a decision, because only
    the time, place or contact is another, leaves the question as it was.
    """

    class Outcome(models.TextChoices):
        KEPT = "kept", _("Kept")
        TAKEN_DOWN = "taken_down", _("Taken away from readers")
        SETTLED = "settled", _("Nothing to decide any more")

    class Cause(models.TextChoices):
        RULES = "rules", _("The rules have changed")
        SAMPLE = "sample", _("Published without a check before")

    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="rechecks")
    cause = models.CharField(max_length=8, choices=Cause.choices, default=Cause.RULES)
    rule_set = models.CharField(max_length=20)
    findings = models.JSONField()
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, blank=True, choices=Outcome.choices)

    objects = RecheckQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["listing"], condition=models.Q(closed_at__isnull=True), name="recheck_one_open"
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True, outcome="")
                | models.Q(closed_at__isnull=False, outcome__in=["kept", "taken_down", "settled"]),
                name="recheck_closed_has_outcome",
            ),
            models.CheckConstraint(condition=models.Q(cause__in=["rules", "sample"]), name="recheck_cause_known"),
        ]
        indexes = [
            models.Index(fields=["cause", "opened_at"], name="recheck_by_opening"),
            models.Index(fields=["cause", "closed_at"], name="recheck_by_closing"),
        ]

    def __str__(self) -> str:
        return f"{self.listing_id}: {self.rule_set}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def codes(self) -> list[str]:
        """The codes of the rules that find something new."""
        return [finding["code"] for finding in self.findings]
