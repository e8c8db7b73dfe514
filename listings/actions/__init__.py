from .deciding import publish_version, reconsider_version, reject_version, return_version, take_down_version
from .explaining import explain_findings
from .keeping import confirm_listing, confirm_listing_by_link, restore_listing, withdraw_listing
from .moving import move_listings, refresh_listings_of
from .pausing import cancel_session, end_break, pause_listing, restore_session
from .remarking import TalkIsOver, remark, remark_as_moderator, submit_with_answer
from .reporting import answer_report, keep_reported, report_listing
from .submitting import Blocked, Incomplete, submit_version, take_back_version
from .writing import copy_listing, open_new_version, save_answers, start_listing

__all__ = [
    "Blocked",
    "Incomplete",
    "TalkIsOver",
    "answer_report",
    "cancel_session",
    "confirm_listing",
    "confirm_listing_by_link",
    "copy_listing",
    "end_break",
    "explain_findings",
    "keep_reported",
    "move_listings",
    "open_new_version",
    "pause_listing",
    "publish_version",
    "reconsider_version",
    "refresh_listings_of",
    "reject_version",
    "remark",
    "remark_as_moderator",
    "report_listing",
    "restore_listing",
    "restore_session",
    "return_version",
    "save_answers",
    "start_listing",
    "submit_version",
    "submit_with_answer",
    "take_back_version",
    "take_down_version",
    "withdraw_listing",
]
