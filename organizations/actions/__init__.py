from .account import change_account
from .branches import accept_branch, ask_parent, leave_parent, release_branch
from .changing import (
    ChangeWaits,
    accept_change,
    change_organization,
    decline_change,
    save_register_entry,
    withdraw_change,
)
from .claiming import accept_claim, claim_organization, decline_claim
from .erasing import erase_account
from .invitation import (
    InvitationClosed,
    accept_invitation,
    decline_invitation,
    invite,
    invite_again,
    withdraw_invitation,
)
from .logo import change_logo, remove_logo
from .mail import change_mail, stop_mail
from .membership import accept_request, ask_to_join, decline_request
from .merging import merge_organizations
from .organization import approve_organization, decline_organization, register_organization
from .powers import change_powers, take_away_second_factor
from .roles import (
    hand_over,
    leave_organization,
    make_editor,
    make_main_user,
    remove_member,
    step_down,
)
from .sessions import end_other_sessions, end_session
from .standing import LastMainUser
from .suspending import reinstate_organization, suspend_organization
from .trusting import distrust_organization, trust_organization

__all__ = [
    "InvitationClosed",
    "ChangeWaits",
    "LastMainUser",
    "accept_branch",
    "accept_change",
    "accept_claim",
    "accept_invitation",
    "accept_request",
    "approve_organization",
    "ask_parent",
    "ask_to_join",
    "change_account",
    "change_logo",
    "change_mail",
    "change_organization",
    "change_powers",
    "claim_organization",
    "decline_change",
    "decline_claim",
    "decline_invitation",
    "decline_organization",
    "decline_request",
    "distrust_organization",
    "end_other_sessions",
    "end_session",
    "erase_account",
    "hand_over",
    "invite",
    "invite_again",
    "leave_organization",
    "leave_parent",
    "make_editor",
    "make_main_user",
    "merge_organizations",
    "register_organization",
    "reinstate_organization",
    "release_branch",
    "remove_logo",
    "remove_member",
    "save_register_entry",
    "step_down",
    "stop_mail",
    "suspend_organization",
    "take_away_second_factor",
    "trust_organization",
    "withdraw_change",
    "withdraw_invitation",
]
