from .deciding import ReasonMissing
from .organizations import approve_organization, decline_organization
from .rechecks import keep, recheck_listing, seen_of_recheck, take_down
from .versions import publish, reject, seen_of, send_back

__all__ = [
    "ReasonMissing",
    "approve_organization",
    "decline_organization",
    "keep",
    "publish",
    "recheck_listing",
    "reject",
    "seen_of",
    "seen_of_recheck",
    "send_back",
    "take_down",
]
