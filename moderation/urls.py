"""Addresses of the moderators. One POST address for each decision."""

from django.urls import path

from moderation.views import deciding, queue, rechecks, rules

moderation_urls = [
    path("moderation/", queue.moderation_queue, name="moderation_queue"),
    path("moderation/rules/", rules.moderation_rules, name="moderation_rules"),
    path("moderation/rechecks/<int:pk>/", rechecks.recheck_decide, name="recheck_decide"),
    path("moderation/rechecks/<int:pk>/keep/", rechecks.recheck_keep, name="recheck_keep"),
    path("moderation/rechecks/<int:pk>/take-down/", rechecks.recheck_take_down, name="recheck_take_down"),
    path("moderation/versions/<int:pk>/", deciding.version_decide, name="version_decide"),
    path("moderation/versions/<int:pk>/publish/", deciding.version_publish, name="version_publish"),
    path("moderation/versions/<int:pk>/return/", deciding.version_return, name="version_return"),
    path("moderation/versions/<int:pk>/reject/", deciding.version_reject, name="version_reject"),
    path("moderation/organizations/<int:pk>/", deciding.organization_decide, name="organization_decide"),
    path(
        "moderation/organizations/<int:pk>/approve/",
        deciding.organization_approve,
        name="organization_approve",
    ),
    path(
        "moderation/organizations/<int:pk>/decline/",
        deciding.organization_decline,
        name="organization_decline",
    ),
]
