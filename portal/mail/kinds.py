"""Every kind of mail: what it is about, and whether one can do without it.

Necessary are those about the account and its safety, decisions, roles, and requests that need an answer. All others can
be unsubscribed from, and wait for the daily mail of those who want only one. A kind has the name of its templates.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kind:
    """`title` is what people call it. What only moderators get is offered to nobody else."""

    name: str
    title: str | Promise
    is_necessary: bool = True
    is_for_moderators: bool = False


def _optional(name: str, title: str | Promise, *, is_for_moderators: bool = False) -> Kind:
    return Kind(name, title, is_necessary=False, is_for_moderators=is_for_moderators)


# Stops all that can be stopped: whoever does not want the daily mail does not want what is in it.
DIGEST = "digest"

_ALL = (
    # The account
    Kind("account_erased", _("Your account is deleted")),
    Kind("account_silent", _("An unused account will be deleted")),
    Kind("second_factor_taken_away", _("The second step of signing in was taken away")),
    # Decisions about listings
    Kind("version_published", _("A listing was published")),
    Kind("version_returned", _("A listing was sent back for changes")),
    Kind("version_rejected", _("A listing was rejected")),
    Kind("version_reconsidered", _("The decision on a listing is made anew")),
    _optional("version_sent_again", _("A listing that you sent back has come again"), is_for_moderators=True),
    Kind("remark_by_moderator", _("A moderator wrote about a listing")),
    Kind("remark_by_organization", _("An organization wrote about a listing"), is_for_moderators=True),
    Kind("listing_taken_down", _("A listing was taken away from readers")),
    _optional("listing_kept", _("A listing was checked again and stays")),
    _optional("listings_to_confirm", _("Reminders to confirm listings")),
    _optional("links_broken", _("Links in listings that do not work")),
    # What readers report
    Kind("listing_reported", _("A reader reported a listing")),
    Kind("listing_hidden", _("A listing was hidden after reports")),
    Kind("listing_hidden_check", _("A hidden listing has to be checked"), is_for_moderators=True),
    Kind("listing_shown_again", _("A hidden listing is shown again")),
    Kind("report_answered", _("The answer to a reader’s report")),
    # Feedback on accessibility
    Kind("feedback_answered", _("The answer to your feedback on accessibility")),
    Kind("feedback_due", _("Feedback on accessibility waits for an answer"), is_for_moderators=True),
    # People of organizations
    Kind("request_to_join", _("Somebody asks to join the organization")),
    _optional("request_reminder", _("Reminders of requests to join")),
    Kind("request_passed_on", _("A request to join that nobody has answered"), is_for_moderators=True),
    Kind("request_accepted", _("Your request to join was accepted")),
    Kind("request_declined", _("Your request to join was declined")),
    Kind("invitation", _("An invitation to an organization")),
    _optional("invitation_answered", _("Answers to invitations")),
    Kind("role_changed", _("Your role in an organization changed")),
    Kind("member_removed", _("You were removed from an organization")),
    Kind("member_left", _("Somebody left the organization")),
    Kind("claim_made", _("An editor offers to be main user"), is_for_moderators=True),
    Kind("claim_heard", _("An editor offers to be main user in your place")),
    Kind("claim_accepted", _("The offer to be main user was accepted")),
    Kind("claim_declined", _("The offer to be main user was declined")),
    # What moderators have to do
    Kind("cases_waiting", _("Cases that wait for a decision"), is_for_moderators=True),
    Kind("cases_left", _("Cases that no moderator has decided in time"), is_for_moderators=True),
    Kind("stand_in_chosen", _("Somebody has chosen you as their stand-in"), is_for_moderators=True),
    # Organizations
    Kind("organization_approved", _("An organization was approved")),
    Kind("organization_declined", _("An organization was not approved")),
    Kind("organization_suspended", _("An organization was hidden from readers")),
    Kind("organization_reinstated", _("An organization is shown again")),
    Kind("organization_merged", _("Two organizations became one")),
    Kind("organization_trusted", _("An organization can publish at once")),
    Kind("organization_distrusted", _("An organization can no longer publish at once")),
    Kind("change_accepted", _("New details of an organization were approved")),
    Kind("change_declined", _("New details of an organization were not approved")),
    Kind("branch_asked", _("An organization asks to be a branch")),
    Kind("branch_accepted", _("An organization is now a branch")),
    Kind("branch_released", _("An organization is not a branch")),
    # All that waited for one mail
    _optional(DIGEST, _("The daily mail")),
)

KINDS: dict[str, Kind] = {kind.name: kind for kind in _ALL}


def choosable(*, is_moderator: bool) -> list[Kind]:
    """The kinds that a person can stop one by one."""
    return [
        kind
        for kind in _ALL
        if not kind.is_necessary and kind.name != DIGEST and (is_moderator or not kind.is_for_moderators)
    ]


def is_necessary(name: str) -> bool:
    """Whether a mail goes to everybody whom it concerns, at once. One without a kind does: better told than lost."""
    return name not in KINDS or KINDS[name].is_necessary


def is_unwanted(name: str, unwanted: Iterable[str]) -> bool:
    """Whether somebody who does not want the kinds `unwanted` does without this one."""
    return not is_necessary(name) and name in unwanted


def stopped_by(name: str) -> set[str]:
    """The kinds that are stopped by unsubscribing from one."""
    if name != DIGEST:
        return {name}
    return {kind.name for kind in _ALL if not kind.is_necessary} - {DIGEST}
