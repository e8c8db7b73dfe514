"""The operator's side of accounts and organizations. What actions decide is only looked at."""

from django.contrib import admin

from organizations.models import Membership, Organization, User
from portal.admin import ReadOnlyAdmin
from portal.audit import record


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """Makes moderators and operators, and closes accounts. Each change is traced."""

    list_display = ("email", "name", "is_moderator", "is_staff", "is_active")
    list_filter = ("is_moderator", "is_staff", "is_active")
    search_fields = ("email", "name")
    fields = ("email", "name", "preferred_language", "is_moderator", "is_staff", "is_superuser", "is_active")
    readonly_fields = ("email",)

    def has_add_permission(self, request) -> bool:
        return False  # people sign up themselves

    def has_delete_permission(self, request, obj=None) -> bool:
        return False  # accounts are closed, so that decisions keep their author

    def save_model(self, request, obj, form, change) -> None:
        super().save_model(request, obj, form, change)
        values = {name: form.cleaned_data[name] for name in form.changed_data}
        record("changed_account", obj, by=request.user, **values)


class MembershipInline(admin.TabularInline):
    model = Membership
    extra = 0
    can_delete = False
    fields = readonly_fields = ("user", "role", "state", "asked_at")

    def has_add_permission(self, request, obj=None) -> bool:
        return False


@admin.register(Organization)
class OrganizationAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "kind", "state", "business_id", "municipality")
    list_filter = ("state", "kind")
    search_fields = ("name_fi", "name_sv", "name_en", "business_id")
    inlines = (MembershipInline,)
