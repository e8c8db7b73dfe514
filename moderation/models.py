"""Decisions: what a moderator decided, why, and under which rules. Re-checks: what they have to look at again."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from listings.models import Listing, Version
from organizations.models import Organization


class Decision(models.Model):
    """A decision on a version or on an organization. Never changed.

    `findings` are what the rules said then, `rule_set` and `limits` the edition and its limits as they were set.
    """

    class Outcome(models.TextChoices):
        PUBLISHED = "published", _("Published")
        RETURNED = "returned", _("Sent back for changes")
        REJECTED = "rejected", _("Rejected")
        KEPT = "kept", _("Kept after a re-check")
        TAKEN_DOWN = "taken_down", _("Taken away from readers")
        APPROVED = "approved", _("Organization approved")
        DECLINED = "declined", _("Organization not approved")
        SUSPENDED = "suspended", _("Organization suspended")
        REINSTATED = "reinstated", _("Organization shown again")
        MERGED = "merged", _("Organization joined with another")

    # By these, a moderator takes what the rules found as good enough for readers.
    ACCEPTING = (Outcome.PUBLISHED, Outcome.KEPT)

    version = models.ForeignKey(Version, on_delete=models.PROTECT, null=True, related_name="decisions")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, related_name="decisions")
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    reasons = models.JSONField(default=list)
    message = models.TextField(blank=True)
    language = models.CharField(max_length=10)
    findings = models.JSONField(default=list)
    rule_set = models.CharField(max_length=20)
    limits = models.JSONField(default=dict)
    moderator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="decisions")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(version__isnull=False, organization__isnull=True)
                | models.Q(version__isnull=True, organization__isnull=False),
                name="decision_on_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} {self.at:%Y-%m-%d}"

    @property
    def is_news_for_author(self) -> bool:
        """Whether the author has something to read: what was accepted without a word is seen from the listing."""
        return bool(self.message) or self.outcome not in self.ACCEPTING

    def save(self, *args, **kwargs) -> None:
        if not self._state.adding:
            raise TypeError("A decision is never changed; a new one is made.")
        super().save(*args, **kwargs)


class RecheckQuerySet(models.QuerySet["Recheck"]):
    def unanswered(self) -> "RecheckQuerySet":
        """Those that nobody and nothing has closed."""
        return self.filter(closed_at__isnull=True)

    def awaiting_decision(self) -> "RecheckQuerySet":
        """What a moderator has to decide, oldest first. What readers do not see can wait until they do."""
        return self.unanswered().filter(listing__in=Listing.objects.public()).order_by("opened_at", "pk")


class Recheck(models.Model):
    """A listing that readers see and in which the rules of `rule_set` find what no moderator has accepted.

    It is about the listing and not about a version: a version that becomes public without a decision, because only
    the time, place or contact is another, leaves the question as it was.
    """

    class Outcome(models.TextChoices):
        KEPT = "kept", _("Kept")
        TAKEN_DOWN = "taken_down", _("Taken away from readers")
        SETTLED = "settled", _("Nothing to decide any more")

    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="rechecks")
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
