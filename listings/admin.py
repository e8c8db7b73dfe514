"""The operator's look at listings. What they say and where they stand is changed by actions only."""

from django.contrib import admin

from listings.models import ActivityForm, Listing, Session, TargetGroup, Version
from portal.admin import ReadOnlyAdmin


class VersionInline(admin.TabularInline):
    model = Version
    extra = 0
    can_delete = False
    fields = readonly_fields = (
        "number",
        "title_fi",
        "title_sv",
        "title_en",
        "state",
        "author",
        "submitted_at",
    )
    show_change_link = True

    def has_add_permission(self, request, obj=None) -> bool:
        return False


@admin.register(Listing)
class ListingAdmin(ReadOnlyAdmin):
    list_display = ("pk", "slug", "organization", "section", "published_at", "confirmed_on", "withdrawn_at")
    list_filter = ("section",)
    search_fields = ("slug", "external_id", "organization__name_fi")
    list_select_related = ("organization",)
    inlines = (VersionInline,)


@admin.register(Version)
class VersionAdmin(ReadOnlyAdmin):
    list_display = ("pk", "title_fi", "title_sv", "title_en", "state", "submitted_at")
    list_filter = ("state",)
    search_fields = ("title_fi", "title_sv", "title_en")


@admin.register(Session)
class SessionAdmin(ReadOnlyAdmin):
    list_display = ("on", "listing", "starts", "ends", "cancelled_at")
    date_hierarchy = "on"


@admin.register(ActivityForm, TargetGroup)
class VocabularyAdmin(ReadOnlyAdmin):
    list_display = ("code", "name_fi", "name_sv", "name_en")
