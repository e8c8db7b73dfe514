"""The operator's look at listings. What they say and where they stand is changed by actions only."""

from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest

from listings.forms.synonyms import SynonymForm
from listings.models import ActivityForm, Listing, Session, Synonym, TargetGroup, Version
from portal import freshness
from portal.admin import ReadOnlyAdmin
from portal.audit import record


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
    list_display = (
        "pk",
        "slug",
        "organization",
        "section",
        "published_at",
        "confirmed_on",
        "withdrawn_at",
        "hidden_at",
    )
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


@admin.register(Synonym)
class SynonymAdmin(admin.ModelAdmin):
    """The operator's own lines. Every page may show what they find, so that a change makes all of them anew."""

    form = SynonymForm
    list_display = ("words", "means", "language", "changed_at")
    list_filter = ("language",)
    search_fields = ("words", "means")

    def save_model(self, request, obj, form, change) -> None:
        super().save_model(request, obj, form, change)
        freshness.raise_version()
        self._note("changed" if change else "added", obj, request)

    def delete_model(self, request, obj) -> None:
        self._note("deleted", obj, request)
        super().delete_model(request, obj)
        freshness.raise_version()

    def delete_queryset(self, request, queryset) -> None:
        # Together or not at all, each with its trace.
        with transaction.atomic():
            for synonym in queryset:
                self.delete_model(request, synonym)

    def _note(self, verb: str, synonym: Synonym, request: HttpRequest) -> None:
        written = {"language": synonym.language, "words": synonym.words, "means": synonym.means}
        record(verb, synonym, by=request.user, **written)
