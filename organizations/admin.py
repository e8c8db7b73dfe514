"""The operator's side of accounts and organizations. What actions decide is only looked at; powers go through one."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from organizations import actions, permissions
from organizations.accounts.second_factor import FIRST_FACTORS_AWAY
from organizations.models import (
    Invitation,
    Membership,
    Organization,
    OrganizationAddress,
    OrganizationChange,
    User,
)
from organizations.privacy.admin_erasing import erase_accounts
from portal.admin import ReadOnlyAdmin
from portal.refusals import Refused


class WithoutSecondFactor(admin.SimpleListFilter):
    title = _("second factor")
    parameter_name = "second_factor"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [("missing", _("missing where it is needed"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        if self.value() == "missing":
            return queryset.filter(Q(is_moderator=True) | Q(is_staff=True), is_active=True, has_second_factor=False)
        return queryset


class MembershipOfUserInline(admin.TabularInline):
    model = Membership
    extra = 0
    can_delete = False
    fields = readonly_fields = ("organization", "role", "state", "asked_at")

    def has_add_permission(self, request, obj=None) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """Makes moderators and operators, and closes accounts: through the action, which traces it. Nothing else."""

    list_display = ("email", "name", "is_moderator", "is_staff", "is_active", "second_factor", "last_login")
    list_filter = ("is_moderator", "is_staff", "is_active", WithoutSecondFactor)
    search_fields = ("email", "name", "memberships__organization__name_fi")
    fields = (
        *("email", "name", "preferred_language", "is_moderator", "is_staff", "is_active"),
        *("second_factor", "date_joined", "last_login"),
    )
    readonly_fields = ("email", "name", "preferred_language", "second_factor", "date_joined", "last_login")
    inlines = (MembershipOfUserInline,)
    actions = ("take_away_second_factor", erase_accounts)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=FIRST_FACTORS_AWAY)
        return super().get_queryset(request).annotate(has_second_factor=Exists(factors))

    @admin.display(description=_("Second factor"), boolean=True)
    def second_factor(self, user: User) -> bool:
        return bool(getattr(user, "has_second_factor", False))

    def has_add_permission(self, request) -> bool:
        return False  # people sign up themselves

    def has_change_permission(self, request, obj=None) -> bool:
        return super().has_change_permission(request, obj) and (
            obj is None or permissions.can_change_powers(request.user, obj)
        )

    def has_delete_permission(self, request, obj=None) -> bool:
        return False  # accounts are closed, so that decisions keep their author

    def save_model(self, request: HttpRequest, obj: User, form: ModelForm, change: bool) -> None:
        wanted = form.cleaned_data
        try:
            actions.change_powers(
                obj,
                by=request.user,
                is_moderator=wanted["is_moderator"],
                is_operator=wanted["is_staff"],
                is_active=wanted["is_active"],
            )
        except Refused as refusal:
            messages.error(request, str(refusal.message))

    @admin.action(description=_("Take away the second factor (phone and codes are lost)"), permissions=["change"])
    def take_away_second_factor(self, request: HttpRequest, users: QuerySet[User]) -> None:
        for user in users:
            try:
                actions.take_away_second_factor(user, by=request.user)
            except Refused as refusal:
                messages.error(request, f"{user.email}: {refusal.message}")
            else:
                messages.success(request, _("%(email)s sets up a new second factor now.") % {"email": user.email})


class MembershipInline(admin.TabularInline):
    model = Membership
    extra = 0
    can_delete = False
    fields = readonly_fields = ("user", "role", "state", "asked_at")

    def has_add_permission(self, request, obj=None) -> bool:
        return False


@admin.register(Organization)
class OrganizationAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "kind", "state", "business_id", "municipality", "registered_at")
    list_filter = ("state", "kind", "municipality__region")
    search_fields = ("name_fi", "name_sv", "name_en", "business_id", "association_number", "slug")
    date_hierarchy = "registered_at"
    list_select_related = ("municipality",)
    inlines = (MembershipInline,)


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    """Without the digest of its key, which is nobody's business."""

    list_display = ("made_at", "organization", "email", "role", "state", "expires_at")
    list_filter = ("state", "role")
    search_fields = ("email", "organization__name_fi")
    date_hierarchy = "made_at"
    exclude = ("digest",)
    list_select_related = ("organization",)


@admin.register(OrganizationChange)
class OrganizationChangeAdmin(ReadOnlyAdmin):
    list_display = ("asked_at", "organization", "kind", "state", "decided_at")
    list_filter = ("state",)
    search_fields = ("organization__name_fi", "reason")
    date_hierarchy = "asked_at"
    list_select_related = ("organization",)


@admin.register(OrganizationAddress)
class OrganizationAddressAdmin(ReadOnlyAdmin):
    list_display = ("slug", "organization")
    search_fields = ("slug", "organization__name_fi")
    list_select_related = ("organization",)
