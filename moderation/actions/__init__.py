from .deciding import ReasonMissing
from .duties import change_duty
from .holding import HeldByAnother, give_back, take_case, take_next
from .internal_notes import ThereAlready, write_internal_note
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
from .sampling import draw_sample
from .saved_views import delete_view, save_view
from .together import NotAlike, check_alike, decide_together
from .trusting import distrust_organization, trust_organization
from .versions import can_be_reconsidered, publish, reconsider, reject, seen_of, send_back

__all__ = [
    "HeldByAnother",
    "NotAlike",
    "ReasonMissing",
    "ThereAlready",
    "accept_change",
    "approve_organization",
    "can_be_reconsidered",
    "change_duty",
    "check_alike",
    "decide_together",
    "decline_change",
    "decline_organization",
    "delete_view",
    "distrust_organization",
    "draw_sample",
    "give_back",
    "keep",
    "keep_after_report",
    "merge_organizations",
    "publish",
    "recheck_listing",
    "reconsider",
    "reinstate_organization",
    "reject",
    "reports_to_decide",
    "save_view",
    "seen_of",
    "seen_of_recheck",
    "seen_of_reports",
    "send_back",
    "suspend_organization",
    "take_case",
    "take_down",
    "take_down_after_report",
    "take_next",
    "trust_organization",
    "write_internal_note",
]
