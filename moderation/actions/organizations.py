"""Deciding on an organization: the move, the decision that is kept, and the mail to its main users."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from listings.rule_set import current_rule_set
from moderation.actions.deciding import ReasonMissing
from moderation.models import Decision
from organizations import actions as organization_actions
from organizations.mails import main_users
from organizations.models import Organization, User

Outcome = Decision.Outcome


def _decide(organization: Organization, outcome: str, by: User, message: str) -> Decision:
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


@transaction.atomic
def approve_organization(organization: Organization, *, by: User, message: str = "") -> Decision:
    """The organization may publish from now on."""
    organization = organization_actions.approve_organization(organization, by=by, message=message)
    return _decide(organization, Outcome.APPROVED, by, message)


@transaction.atomic
def decline_organization(organization: Organization, *, by: User, message: str) -> Decision:
    """The organization is not taken in."""
    if not message.strip():
        raise ReasonMissing(_("Write a message. The organization needs to know why."))
    organization = organization_actions.decline_organization(organization, by=by, message=message)
    return _decide(organization, Outcome.DECLINED, by, message)
