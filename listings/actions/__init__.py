from .deciding import publish_version, reject_version, return_version, take_down_version
from .explaining import explain_findings
from .keeping import confirm_listing, restore_listing, withdraw_listing
from .moving import move_listings, refresh_listings_of
from .submitting import Blocked, Incomplete, submit_version, take_back_version
from .writing import copy_listing, open_new_version, save_answers, start_listing

__all__ = [
    "Blocked",
    "Incomplete",
    "confirm_listing",
    "copy_listing",
    "explain_findings",
    "move_listings",
    "open_new_version",
    "publish_version",
    "refresh_listings_of",
    "reject_version",
    "restore_listing",
    "return_version",
    "save_answers",
    "start_listing",
    "submit_version",
    "take_back_version",
    "take_down_version",
    "withdraw_listing",
]
