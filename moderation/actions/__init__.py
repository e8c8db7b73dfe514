from .deciding import ReasonMissing
from .organizations import (
    accept_change,
    approve_organization,
    decline_change,
    decline_organization,
    merge_organizations,
    reinstate_organization,
    suspend_organization,
)
from .rechecks import keep, recheck_listing, seen_of_recheck, take_down
from .reports import keep_after_report, reports_to_decide, seen_of_reports, take_down_after_report
from .versions import publish, reject, seen_of, send_back

__all__ = [
    "ReasonMissing",
    "accept_change",
    "approve_organization",
    "decline_change",
    "decline_organization",
    "keep",
    "keep_after_report",
    "merge_organizations",
    "publish",
    "recheck_listing",
    "reinstate_organization",
    "reject",
    "reports_to_decide",
    "seen_of",
    "seen_of_recheck",
    "seen_of_reports",
    "send_back",
    "suspend_organization",
    "take_down",
    "take_down_after_report",
]
