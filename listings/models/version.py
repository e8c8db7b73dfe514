"""The version: what is written about an activity and judged by a moderator.

Every answer may be missing while it is a draft. `listings/states.py` alone assigns `state`.
"""

from typing import NamedTuple

from django.conf import settings
from django.db import models

from portal.models import Language, Municipality
from portal.texts import texts_of
from portal.vocabulary import choices, label_lazy

from .listing import Listing, is_open_to_readers
from .vocabulary import ActivityForm, TargetGroup


class Place(NamedTuple):
    """Where exactly people meet, in the municipality."""

    venue: str = ""
    address: str = ""
    postal_code: str = ""


class VersionQuerySet(models.QuerySet["Version"]):
    def public(self) -> "VersionQuerySet":
        """What readers can see: the published versions of the public listings."""
        return self.filter(is_open_to_readers("listing__"), state=Version.State.PUBLISHED)

    def open(self) -> "VersionQuerySet":
        """Being written, or waiting for a decision. A listing has one at most."""
        return self.filter(state__in=Version.OPEN_STATES)

    def awaiting_decision(self) -> "VersionQuerySet":
        """What a moderator has to decide, oldest first."""
        return self.filter(state=Version.State.SUBMITTED).order_by("submitted_at", "pk")

    def editable_by(self, user) -> "VersionQuerySet":
        """Those that the person may change now."""
        return self.filter(listing__in=Listing.objects.editable_by(user), state__in=Version.EDITABLE_STATES)


class Version(models.Model):
    """One wording of a listing, with all its facts."""

    class State(models.TextChoices):
        DRAFT = "draft", label_lazy("version_state", "draft")
        SUBMITTED = "submitted", label_lazy("version_state", "submitted")
        RETURNED = "returned", label_lazy("version_state", "returned")
        REJECTED = "rejected", label_lazy("version_state", "rejected")
        PUBLISHED = "published", label_lazy("version_state", "published")
        SUPERSEDED = "superseded", label_lazy("version_state", "superseded")

    EDITABLE_STATES = (State.DRAFT, State.RETURNED)
    OPEN_STATES = (State.DRAFT, State.SUBMITTED, State.RETURNED)
    TEXT_FIELDS = ("title", "summary", "description", "language_support")
    LONGEST_EASY_SUMMARY = 300

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(editable=False)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, related_name="versions"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    submitted_at = models.DateTimeField(null=True, editable=False)

    # Texts: a column for each language
    title = models.CharField(max_length=120, blank=True)
    summary = models.CharField(max_length=300, blank=True)
    description = models.TextField(max_length=6000, blank=True)
    language_support = models.TextField(max_length=600, blank=True)
    # The same in short, in easy Finnish (`fi`) and easy Swedish (`sv`)
    easy_summary = models.JSONField(default=dict, blank=True)

    # What and for whom
    audience = models.CharField(max_length=20, blank=True, choices=choices("audience"))
    forms = models.ManyToManyField(ActivityForm, blank=True, through="listings.VersionForm", related_name="+")
    aims = models.JSONField(default=list, blank=True)
    target_groups: models.ManyToManyField = models.ManyToManyField(TargetGroup, blank=True, related_name="+")
    languages: models.ManyToManyField = models.ManyToManyField(Language, blank=True, related_name="+")
    language_level = models.CharField(max_length=10, blank=True, choices=choices("language_level"))
    childcare = models.BooleanField(default=False)
    accessible = models.BooleanField(default=False)
    # Who meets those who come for the first time
    welcome = models.CharField(max_length=10, blank=True, choices=choices("welcome"))

    # What it costs and how one gets in
    price_kind = models.CharField(max_length=10, blank=True, choices=choices("price"))
    fee_amount = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    fee_purpose = models.CharField(max_length=20, blank=True, choices=choices("fee_purpose"))
    participation = models.CharField(max_length=20, blank=True, choices=choices("participation"))

    # What the organization declares
    volunteering = models.CharField(max_length=20, blank=True, choices=choices("volunteering"))
    study = models.CharField(max_length=30, blank=True, choices=choices("study"))
    statutory = models.BooleanField(null=True, blank=True)
    political = models.BooleanField(null=True, blank=True)
    religious = models.BooleanField(null=True, blank=True)

    # When
    schedule_kind = models.CharField(max_length=12, blank=True, choices=choices("schedule"))
    weekdays = models.JSONField(default=list, blank=True)
    dates = models.JSONField(default=list, blank=True)
    starts = models.TimeField(null=True, blank=True)
    ends = models.TimeField(null=True, blank=True)
    first_date = models.DateField(null=True, blank=True)
    last_date = models.DateField(null=True, blank=True)
    exceptions = models.JSONField(default=list, blank=True)

    # Where
    location_mode = models.CharField(max_length=10, blank=True, choices=choices("location_mode"))
    municipalities: models.ManyToManyField = models.ManyToManyField(Municipality, blank=True, related_name="+")
    venue = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=200, blank=True)
    postal_code = models.CharField(max_length=5, blank=True)
    # For people who have to be careful: readers see the municipality alone, mails do not name it in their subject.
    is_discreet = models.BooleanField(default=False)

    # Whom to ask
    contact_name = models.CharField(max_length=120, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    contact_url = models.URLField(max_length=400, blank=True)

    # What the writer tells the moderator about findings: text by rule code, in a language that nobody asked
    explanations = models.JSONField(default=dict, blank=True, editable=False)
    # Which rules a moderator has to judge: their codes between spaces, written by `listings/noticing.py`.
    noticed = models.TextField(blank=True, editable=False)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["listing", "number"]
        constraints = [
            models.UniqueConstraint(fields=["listing", "number"], name="version_number_once"),
            models.UniqueConstraint(
                fields=["listing"],
                condition=models.Q(state__in=["draft", "submitted", "returned"]),
                name="version_one_open",
            ),
            models.UniqueConstraint(
                fields=["listing"], condition=models.Q(state="published"), name="version_one_published"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "submitted", "returned", "rejected", "published", "superseded"]),
                name="version_state_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="submitted") | models.Q(submitted_at__isnull=False),
                name="version_submitted_has_its_time",
            ),
            models.CheckConstraint(
                condition=models.Q(fee_amount__isnull=True) | models.Q(fee_amount__gte=0),
                name="version_fee_not_negative",
            ),
        ]
        indexes = [models.Index(fields=["state", "submitted_at"], name="version_queue")]

    def __str__(self) -> str:
        return next(iter(self.texts("title").values()), "") or f"#{self.listing_id}"

    def texts(self, field: str) -> dict[str, str]:
        """One text by language code, without the missing ones."""
        return dict(self.easy_summary) if field == "easy_summary" else texts_of(self, field)

    @property
    def shown_place(self) -> Place:
        """What readers are told of the exact place: all that is shown, fed or found comes from here."""
        return Place() if self.is_discreet else Place(self.venue, self.address, self.postal_code)

    @property
    def is_editable(self) -> bool:
        return self.state in self.EDITABLE_STATES


class VersionForm(models.Model):
    """A form of activity of a version. The order counts: the first gives the door its picture."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="form_rows")
    form = models.ForeignKey(ActivityForm, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["version", "form"], name="version_form_once")]

    def __str__(self) -> str:
        return self.form_id
