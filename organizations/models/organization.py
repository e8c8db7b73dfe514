"""Who lists. A project is never an organization."""

from django.db import models
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
            state=Organization.State.DECLINED
        )

    def managed_by(self, user) -> "OrganizationQuerySet":
        """Those of which the person is a main user."""
        return self.filter(memberships__user=user, memberships__state="active", memberships__role="main_user")

    def without_main_user(self) -> "OrganizationQuerySet":
        """Those for which nobody who can sign in answers, as after an import."""
        answered = Organization.objects.filter(
            memberships__state="active",
            memberships__role="main_user",
            memberships__user__is_active=True,
        )
        return self.exclude(pk__in=answered.values("pk"))

    def people_managed_by(self, user) -> "OrganizationQuerySet":
        """Those whose requests the person answers: a main user, or a moderator where there is none."""
        answered = models.Q(pk__in=self.managed_by(user).values("pk"))
        if user.is_moderator:
            answered |= models.Q(pk__in=self.without_main_user().values("pk"))
        return self.filter(answered)


class Organization(models.Model):
    """An association, municipality, parish or other body that lists activities."""

    class State(models.TextChoices):
        PENDING = "pending", _("Waiting for approval")
        ACTIVE = "active", _("Approved")
        DECLINED = "declined", _("Not approved")
        SUSPENDED = "suspended", _("Suspended")

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
    website = models.URLField(_("Website"), blank=True)
    contact_name = models.CharField(_("Contact person or role"), max_length=120, blank=True)
    contact_email = models.EmailField(_("Contact e-mail"), blank=True)
    contact_phone = models.CharField(_("Contact phone"), max_length=40, blank=True)
    registered_at = models.DateTimeField(auto_now_add=True)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        ordering = ["name_fi", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["business_id"],
                condition=~models.Q(business_id="") & ~models.Q(state="declined"),
                name="organization_business_id_once",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["pending", "active", "declined", "suspended"]),
                name="organization_state_known",
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
    def kind_label(self) -> str:
        return self.get_kind_display()

    def make_slug(self) -> str:
        """The end of its public address: readable, and unique through its number."""
        return f"{slugify(str(self))[:100] or 'organization'}-{self.pk}"
