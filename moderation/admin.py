"""The operator's look at decisions."""

from django.contrib import admin

from moderation.models import Decision
from portal.admin import ReadOnlyAdmin


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    list_display = ("at", "outcome", "version", "organization", "moderator", "rule_set")
    list_filter = ("outcome", "rule_set")
    date_hierarchy = "at"
    list_select_related = ("version", "organization", "moderator")
