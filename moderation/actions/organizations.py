"""Deciding on an organization: the move, the decision that is kept, its listings, and the mail to its people."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from listings import actions as listing_actions
from listings.noticing import renew_noticed
from listings.rule_set import current_rule_set
from moderation.actions.deciding import ReasonMissing
from moderation.actions.holding import decides
from moderation.models import Decision
from organizations import actions as organization_actions
from organizations.mails import main_users
from organizations.models import Organization, OrganizationChange, User

Outcome = Decision.Outcome


def decide_organization(organization: Organization, outcome: str, by: User, message: str) -> Decision:
    """Keep the decision, in the language of whoever answers for the organization."""
    readers = main_users(organization)
    rule_set = current_rule_set()
    return Decision.objects.create(
        organization=organization,
        outcome=outcome,
        message=message,
        language=readers[0].mail_language if readers else by.mail_language,
        rule_set=rule_set.version,
        limits=rule_set.limits,
        moderator=by,
    )


def need_reason(message: str) -> None:
    """`ReasonMissing` without words: no rule says for an organization why."""
    if not message.strip():
        raise ReasonMissing(_("Write a message. The organization needs to know why."))


@transaction.atomic
@decides("organization")
def approve_organization(organization: Organization, *, by: User, message: str = "") -> Decision:
    """The organization may publish from now on."""
    organization = organization_actions.approve_organization(organization, by=by, message=message)
    return decide_organization(organization, Outcome.APPROVED, by, message)


@transaction.atomic
@decides("organization")
def decline_organization(organization: Organization, *, by: User, message: str) -> Decision:
    """The organization is not taken in."""
    need_reason(message)
    organization = organization_actions.decline_organization(organization, by=by, message=message)
    return decide_organization(organization, Outcome.DECLINED, by, message)


@transaction.atomic
def suspend_organization(organization: Organization, *, by: User, message: str) -> Decision:
    """Readers see neither the organization nor its listings from now on."""
    need_reason(message)
    organization = organization_actions.suspend_organization(organization, by=by, message=message)
    listing_actions.refresh_listings_of(organization)
    return decide_organization(organization, Outcome.SUSPENDED, by, message)


@transaction.atomic
def reinstate_organization(organization: Organization, *, by: User, message: str) -> Decision:
    """Readers see the organization again, and those of its listings that have not run out."""
    need_reason(message)
    organization = organization_actions.reinstate_organization(organization, by=by, message=message)
    listing_actions.refresh_listings_of(organization)
    return decide_organization(organization, Outcome.REINSTATED, by, message)


@transaction.atomic
@decides("organization_change")
def accept_change(change: OrganizationChange, *, by: User, message: str = "") -> OrganizationChange:
    """The new name or kind holds, and the listings are found by the new name."""
    change = organization_actions.accept_change(change, by=by, message=message)
    listing_actions.refresh_listings_of(change.organization)
    renew_noticed(change.organization)
    return change


@transaction.atomic
@decides("organization_change")
def decline_change(change: OrganizationChange, *, by: User, message: str) -> OrganizationChange:
    """The name and kind stay."""
    need_reason(message)
    return organization_actions.decline_change(change, by=by, message=message)


@transaction.atomic
def merge_organizations(gone: Organization, *, into: Organization, by: User) -> Decision:
    """Two that are one and the same become one, with all listings, people and addresses of both."""
    gone, stays = organization_actions.merge_organizations(gone, into=into, by=by)
    listing_actions.move_listings(gone, stays)
    return decide_organization(gone, Outcome.MERGED, by, "")
