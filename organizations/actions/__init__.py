from .account import change_account
from .membership import accept_request, ask_to_join, decline_request
from .organization import (
    approve_organization,
    change_organization,
    decline_organization,
    register_organization,
)

__all__ = [
    "accept_request",
    "approve_organization",
    "ask_to_join",
    "change_account",
    "change_organization",
    "decline_organization",
    "decline_request",
    "register_organization",
]
