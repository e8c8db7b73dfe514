"""The operator's look at decisions and re-checks."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from moderation.clock.late import count_late
from moderation.models import Decision, Duty, Recheck
from portal.admin import ReadOnlyAdmin


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    list_display = ("at", "outcome", "version", "organization", "moderator", "rule_set")
    list_filter = ("outcome", "rule_set")
    date_hierarchy = "at"
    list_select_related = ("version", "organization", "moderator")


@admin.register(Recheck)
class RecheckAdmin(ReadOnlyAdmin):
    list_display = ("opened_at", "listing", "rule_set", "codes", "closed_at", "outcome")
    list_filter = ("outcome", "rule_set")
    date_hierarchy = "opened_at"


@admin.register(Duty)
class DutyAdmin(ReadOnlyAdmin):
    """Who looks after what and who is away; above it, how much is late. Who is not in it has the whole country."""

    list_display = ("moderator", "chosen_regions", "away_from", "away_until", "stand_in")
    list_select_related = ("moderator", "stand_in")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Duty]:
        return super().get_queryset(request).prefetch_related("regions")

    @admin.display(description=_("Regions"))
    def chosen_regions(self, duty: Duty) -> str:
        return ", ".join(str(region) for region in duty.regions.all()) or str(_("The whole country"))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        late = count_late()
        words = ngettext("%(count)s case waits longer than promised", "%(count)s cases wait longer than promised", late)
        return super().changelist_view(request, {**(extra_context or {}), "subtitle": words % {"count": late}})
