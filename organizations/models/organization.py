"""Who lists. A project is never an organization."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from portal.models import Municipality
from portal.vocabulary import choices


class OrganizationQuerySet(models.QuerySet["Organization"]):
    def public(self) -> "OrganizationQuerySet":
        """Those that readers can see."""
        return self.filter(state=Organization.State.ACTIVE)

    def awaiting_decision(self) -> "OrganizationQuerySet":
        """Those that a moderator has to approve or decline, oldest first."""
        return self.filter(state=Organization.State.PENDING).order_by("registered_at", "pk")

    def editable_by(self, user) -> "OrganizationQuerySet":
        """Those for which the person may write listings: the same rule as `permissions.can_write_listings`."""
        return self.filter(memberships__user=user, memberships__state="active").exclude(
            state__in=Organization.CLOSED_STATES
        )

    def managed_by(self, user) -> "OrganizationQuerySet":
        """Those of which the person is a main user."""
        return self.filter(memberships__user=user, memberships__state="active", memberships__role="main_user")

    def with_member(self, user) -> "OrganizationQuerySet":
        """Those for which the person may act, in whichever role."""
        return self.filter(memberships__user=user, memberships__state="active")

    def taking_people_in(self) -> "OrganizationQuerySet":
        """Those that people can join: all but those for which nobody acts any more."""
        return self.exclude(state__in=Organization.CLOSED_STATES)

    def orphaned(self, at: datetime | None = None) -> "OrganizationQuerySet":
        """Those that nobody answers for: no main user who can sign in, or all of them silent for long."""
        heard_since = (at or timezone.now()) - timedelta(days=settings.ORPHAN_AFTER_DAYS)
        answered = Organization.objects.filter(
            models.Q(memberships__user__last_login__gt=heard_since)
            | models.Q(memberships__user__last_login=None, memberships__user__date_joined__gt=heard_since),
            memberships__state="active",
            memberships__role="main_user",
            memberships__user__is_active=True,
        )
        return self.taking_people_in().exclude(pk__in=answered.values("pk"))

    def people_seen_by(self, user) -> "OrganizationQuerySet":
        """Those whose people the person may look at: its members, and the moderators."""
        return self.all() if user.is_moderator else self.with_member(user)


class Organization(models.Model):
    """An association, municipality, parish or other body that lists activities."""

    class State(models.TextChoices):
        PENDING = "pending", _("Waiting for approval")
        ACTIVE = "active", _("Approved")
        DECLINED = "declined", _("Not approved")
        SUSPENDED = "suspended", _("Suspended")
        MERGED = "merged", _("Joined with another")

    class Trust(models.TextChoices):
        BY_RECORD = "by_record", _("By what it has published")
        GRANTED = "granted", _("Trusted by a moderator")
        WITHDRAWN = "withdrawn", _("Not trusted")

    # Nobody acts for these any more.
    CLOSED_STATES = (State.DECLINED, State.MERGED)
    # What readers know, or have known, it by was seen by a moderator.
    APPROVED_STATES = (State.ACTIVE, State.SUSPENDED)

    name = models.CharField(_("Name"), max_length=200)
    slug = models.SlugField(max_length=120, unique=True, editable=False)
    kind = models.CharField(_("Kind of organization"), max_length=30, choices=choices("organization_kind"))
    state = models.CharField(max_length=12, choices=State.choices, default=State.PENDING, editable=False)
    business_id = models.CharField(_("Business ID"), max_length=9, blank=True)
    association_number = models.CharField(_("Association register number"), max_length=12, blank=True)
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("Home municipality"),
        on_delete=models.PROTECT,
        related_name="organizations",
    )
    # The national organization or municipality of which this is a local branch.
    parent = models.ForeignKey(
        "self",
        verbose_name=_("Belongs to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="branches",
    )
    # The one that it has asked to belong to, until that one's main users have answered.
    asked_parent = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="asking_branches"
    )
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="merged"
    )
    logo = models.ImageField(_("Logo"), upload_to="logos/", blank=True)
    logo_alt = models.CharField(_("What the logo shows"), max_length=200, blank=True)
    # In pixels, so that no page has to open the file.
    logo_width = models.PositiveSmallIntegerField(null=True, editable=False)
    logo_height = models.PositiveSmallIntegerField(null=True, editable=False)
    # What the open register of companies and associations said of the Business ID, and when.
    register_name = models.CharField(max_length=200, blank=True, editable=False)
    register_form = models.CharField(max_length=80, blank=True, editable=False)
    register_checked_at = models.DateTimeField(null=True, editable=False)
    website = models.URLField(_("Website"), blank=True)
    contact_name = models.CharField(_("Contact person or role"), max_length=120, blank=True)
    contact_email = models.EmailField(_("Contact e-mail"), blank=True)
    contact_phone = models.CharField(_("Contact phone"), max_length=40, blank=True)
    registered_at = models.DateTimeField(auto_now_add=True)
    # Whether what it writes may be public without a decision before (`moderation/trust.py`).
    trust = models.CharField(max_length=10, choices=Trust.choices, default=Trust.BY_RECORD, editable=False)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        ordering = ["name_fi", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["business_id"],
                condition=~models.Q(business_id="") & ~models.Q(state__in=["declined", "merged"]),
                name="organization_business_id_once",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["pending", "active", "declined", "suspended", "merged"]),
                name="organization_state_known",
            ),
            models.CheckConstraint(
                condition=models.Q(state="merged", merged_into__isnull=False)
                | (~models.Q(state="merged") & models.Q(merged_into__isnull=True)),
                name="organization_merged_into_another",
            ),
            models.CheckConstraint(
                condition=models.Q(trust__in=["by_record", "granted", "withdrawn"]), name="organization_trust_known"
            ),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("pk")),
                name="organization_not_its_own_parent",
            ),
        ]

    def __str__(self) -> str:
        return next(iter(self.names.values()), "")

    @property
    def names(self) -> dict[str, str]:
        """Its names by language code, without the missing ones."""
        from portal.texts import texts_of

        return texts_of(self, "name")

    @property
    def is_public(self) -> bool:
        return self.state == self.State.ACTIVE

    @property
    def is_approved(self) -> bool:
        """Whether a moderator has agreed to its name and kind."""
        return self.state in self.APPROVED_STATES

    @property
    def kind_label(self) -> str:
        return self.get_kind_display()

    def make_slug(self) -> str:
        """The end of its public address: readable, and unique through its number."""
        return f"{slugify(str(self))[:100] or 'organization'}-{self.pk}"


class OrganizationAddress(models.Model):
    """An earlier end of a public address, which leads to the organization that has it now."""

    slug = models.SlugField(max_length=120, unique=True)
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="earlier_addresses")

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug
