"""Granting and withdrawing trust: the organization's state, the decision that is kept, and the mail to its people."""

from django.db import transaction

from moderation.actions.organizations import decide_organization, need_reason
from moderation.models import Decision
from organizations import actions as organization_actions
from organizations.models import Organization, User


@transaction.atomic
def trust_organization(organization: Organization, *, by: User, message: str) -> Decision:
    """What it sends is public at once when the rules find nothing; a sample is checked afterwards."""
    need_reason(message)
    organization = organization_actions.trust_organization(organization, by=by, message=message)
    return decide_organization(organization, Decision.Outcome.TRUSTED, by, message)


@transaction.atomic
def distrust_organization(organization: Organization, *, by: User, message: str) -> Decision:
    """A moderator reads all that it sends before readers do."""
    need_reason(message)
    organization = organization_actions.distrust_organization(organization, by=by, message=message)
    return decide_organization(organization, Decision.Outcome.DISTRUSTED, by, message)
