"""The operator's side: content pages are edited here; facts and traces are only looked at."""

from django.contrib import admin
from modeltranslation.admin import TranslationAdmin

from portal import freshness
from portal.models import AuditEvent, Language, Municipality, Page, Region


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows that only actions or commands write."""

    def has_add_permission(self, request, obj=None) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


@admin.register(Page)
class PageAdmin(TranslationAdmin):
    list_display = ("slug", "title", "changed_at")

    def save_model(self, request, obj, form, change) -> None:
        super().save_model(request, obj, form, change)
        freshness.raise_version()

    def has_delete_permission(self, request, obj=None) -> bool:
        return False  # the foot of every page links to them


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    list_display = ("at", "actor_label", "verb", "noun", "noun_id", "organization_id")
    list_filter = ("verb", "noun")
    search_fields = ("actor_label", "noun_id")
    date_hierarchy = "at"


@admin.register(Language)
class LanguageAdmin(ReadOnlyAdmin):
    list_display = ("code", "name", "autonym")
    search_fields = ("code", "name_fi", "name_sv", "name_en", "autonym")


@admin.register(Municipality)
class MunicipalityAdmin(ReadOnlyAdmin):
    list_display = ("code", "name_fi", "name_sv", "region")
    list_filter = ("region",)
    search_fields = ("code", "name_fi", "name_sv")


@admin.register(Region)
class RegionAdmin(ReadOnlyAdmin):
    list_display = ("code", "name_fi", "name_sv")
