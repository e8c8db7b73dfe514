"""The operator's look at decisions and re-checks."""

from django.contrib import admin

from moderation.models import Decision, Recheck
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
