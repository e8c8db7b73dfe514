"""Addresses of the moderators. One POST address for each decision."""

from django.urls import path

from moderation.views import changes, deciding, merging, organizations, orphans, queue, rechecks, reports, rules

moderation_urls = [
    path("moderation/", queue.moderation_queue, name="moderation_queue"),
    path("moderation/rules/", rules.moderation_rules, name="moderation_rules"),
    path("moderation/orphans/", orphans.moderation_orphans, name="moderation_orphans"),
    path("moderation/claims/<int:pk>/", orphans.claim_decide, name="claim_decide"),
    path("moderation/claims/<int:pk>/accept/", orphans.claim_accept, name="claim_accept"),
    path("moderation/claims/<int:pk>/decline/", orphans.claim_decline, name="claim_decline"),
    path("moderation/rechecks/<int:pk>/", rechecks.recheck_decide, name="recheck_decide"),
    path("moderation/rechecks/<int:pk>/keep/", rechecks.recheck_keep, name="recheck_keep"),
    path("moderation/rechecks/<int:pk>/take-down/", rechecks.recheck_take_down, name="recheck_take_down"),
    path("moderation/reports/<int:pk>/", reports.report_decide, name="report_decide"),
    path("moderation/reports/<int:pk>/keep/", reports.report_keep, name="report_keep"),
    path("moderation/reports/<int:pk>/take-down/", reports.report_take_down, name="report_take_down"),
    path("moderation/versions/<int:pk>/", deciding.version_decide, name="version_decide"),
    path("moderation/versions/<int:pk>/publish/", deciding.version_publish, name="version_publish"),
    path("moderation/versions/<int:pk>/return/", deciding.version_return, name="version_return"),
    path("moderation/versions/<int:pk>/reject/", deciding.version_reject, name="version_reject"),
    path("moderation/organizations/", organizations.moderation_organizations, name="moderation_organizations"),
    path("moderation/organizations/<int:pk>/", organizations.organization_decide, name="organization_decide"),
    path("moderation/organizations/<int:pk>/approve/", organizations.organization_approve, name="organization_approve"),
    path("moderation/organizations/<int:pk>/decline/", organizations.organization_decline, name="organization_decline"),
    path("moderation/organizations/<int:pk>/suspend/", organizations.organization_suspend, name="organization_suspend"),
    path(
        "moderation/organizations/<int:pk>/reinstate/",
        organizations.organization_reinstate,
        name="organization_reinstate",
    ),
    path(
        "moderation/organizations/<int:pk>/register/",
        organizations.organization_check_register,
        name="organization_check_register",
    ),
    path(
        "moderation/organizations/<int:pk>/merge/", merging.organization_merge_choose, name="organization_merge_choose"
    ),
    path(
        "moderation/organizations/<int:pk>/merge/<int:into_pk>/",
        merging.organization_merge,
        name="organization_merge",
    ),
    path("moderation/changes/<int:pk>/", changes.organization_change_decide, name="organization_change_decide"),
    path("moderation/changes/<int:pk>/accept/", changes.organization_change_accept, name="organization_change_accept"),
    path(
        "moderation/changes/<int:pk>/decline/", changes.organization_change_decline, name="organization_change_decline"
    ),
]
