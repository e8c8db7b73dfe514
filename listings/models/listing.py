"""The listing: what stays the same while its versions change."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from organizations.models import Organization
from portal.vocabulary import choices


def oldest_valid_confirmation(today: date) -> date:
    """A listing confirmed before this day has run out."""
    return today - timedelta(days=settings.LISTING_CONFIRMATION_DAYS)


def is_open_to_readers(prefix: str = "") -> models.Q:
    """The rule of what is public, but for having a published version; `prefix` is the way to the listing."""
    today = timezone.localdate()
    has_sessions_left = models.Q(**{f"{prefix}last_session_on__isnull": True}) | models.Q(
        **{f"{prefix}last_session_on__gte": today}
    )
    return has_sessions_left & models.Q(
        **{
            f"{prefix}organization__state": Organization.State.ACTIVE,
            f"{prefix}withdrawn_at__isnull": True,
            f"{prefix}hidden_at__isnull": True,
            f"{prefix}confirmed_on__gte": oldest_valid_confirmation(today),
        }
    )


class ListingQuerySet(models.QuerySet["Listing"]):
    def public(self) -> "ListingQuerySet":
        """What readers can see: the one door to everything that is shown to the public."""
        # One published version at most, so the join repeats nothing.
        return self.filter(is_open_to_readers(), versions__state="published")

    def editable_by(self, user) -> "ListingQuerySet":
        """Those of the organizations for which the person may write."""
        return self.filter(organization__memberships__user=user, organization__memberships__state="active").exclude(
            organization__state__in=Organization.CLOSED_STATES
        )


class Listing(models.Model):
    """One activity for immigrants, or one event or training for workers and volunteers."""

    ACTIVITY = "activity"
    PROFESSIONAL = "professional"

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="listings")
    section = models.CharField(max_length=12, choices=choices("section"), default=ACTIVITY)
    # Null until there is one, because empty texts would collide.
    slug = models.SlugField(max_length=120, unique=True, null=True, editable=False)  # noqa: DJ001
    external_id = models.CharField(  # noqa: DJ001
        max_length=200, unique=True, null=True, blank=True, editable=False
    )
    published_at = models.DateTimeField(null=True, editable=False, db_index=True)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    # Since when readers do not see it because of what several of them reported, and the reason they gave.
    hidden_at = models.DateTimeField(null=True, editable=False)
    hidden_for = models.CharField(max_length=20, blank=True, editable=False)
    confirmed_on = models.DateField(null=True, editable=False)
    last_session_on = models.DateField(null=True, editable=False)
    # How many of the reminders before it runs out have been sent since it was confirmed.
    reminders = models.PositiveSmallIntegerField(default=0, editable=False)
    # The day on which it meets again after a break; it stays when that day has come.
    paused_until = models.DateField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ListingQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(section__in=["activity", "professional"]), name="listing_section_known"
            ),
            models.CheckConstraint(
                condition=models.Q(hidden_at__isnull=True, hidden_for="")
                | models.Q(hidden_at__isnull=False, hidden_for__in=["over", "unsuitable"]),
                name="listing_hidden_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        version = self.published_version or self.latest_version
        return str(version) if version else f"Listing {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("listing_detail", args=[self.slug])

    @property
    def published_version(self):
        """The version that readers see, or None."""
        return self.versions.filter(state="published").first()

    @property
    def open_version(self):
        """The version that is being written or judged, or None."""
        return self.versions.open().first()

    @property
    def latest_version(self):
        return self.versions.order_by("-number").first()

    @property
    def runs_out_on(self) -> date | None:
        """The last day on which readers see it; None when it is not published."""
        if self.confirmed_on is None:
            return None
        unconfirmed = self.confirmed_on + timedelta(days=settings.LISTING_CONFIRMATION_DAYS)
        return min(unconfirmed, self.last_session_on) if self.last_session_on else unconfirmed

    @property
    def break_until(self) -> date | None:
        """The day on which it meets again, while it is on a break."""
        is_on_a_break = self.paused_until is not None and self.paused_until > timezone.localdate()
        return self.paused_until if is_on_a_break else None

    @property
    def is_public(self) -> bool:
        """The same answer as the queryset's, by asking it."""
        return Listing.objects.public().filter(pk=self.pk).exists()
