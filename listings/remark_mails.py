"""The mails of the talk between an organization and the moderators. Their subjects do not name the listing."""

from django.utils import timezone
from django.utils.functional import lazy

from listings.models import Remark, Version
from listings.permissions import can_publish
from listings.presentation import title_of
from listings.returned import RETURNED
from organizations.mails import main_users
from organizations.models import User
from organizations.permissions import has_role
from portal.mail.writing import send_to

# Looked up when a mail is written, in the language of its reader.
_title_in_reader_language = lazy(lambda version: title_of(version).value, str)


def _send(people: list[User], name: str, version: Version, remark: Remark | None, url: tuple[str, int]) -> None:
    organization = version.listing.organization
    context = {
        "title": _title_in_reader_language(version),
        "listing": version.listing,
        "organization": organization,
        "remark": remark,
    }
    send_to(people, name, context, url)


def _can_answer(user: User, version: Version) -> bool:
    return user.is_active and can_publish(user, version)


def _whom_to_tell(version: Version) -> list[User]:
    """The moderator who has the version in hand, else who wrote or decided about it last.

    When there is none, the queue says that a message waits; what does not stand in the queue is told to all.
    """
    holding = User.objects.moderators().filter(
        holds__kind="version", holds__case_id=version.pk, holds__until__gt=timezone.now()
    )
    written = [(one.at, one.author) for one in version.remarks.filter(is_from_moderator=True)]
    decided = [(one.at, one.moderator) for one in version.decisions.select_related("moderator")]
    latest = sorted([*written, *decided], key=lambda one: one[0], reverse=True)
    for user in (*holding, *(user for _at, user in latest)):
        if _can_answer(user, version):
            return [user]
    if version.state == Version.State.SUBMITTED:
        return []
    return [user for user in User.objects.moderators() if _can_answer(user, version)]


def _people(version: Version) -> list[User]:
    """The main users, and whoever wrote the version as long as they are a member."""
    organization = version.listing.organization
    people = {user.pk: user for user in main_users(organization)}
    if version.author.is_active and has_role(version.author, organization):
        people[version.author_id] = version.author
    return list(people.values())


def tell_of(remark: Remark) -> None:
    """A message goes to the other side."""
    version = remark.version
    if remark.is_from_moderator:
        _send(_people(version), "remark_by_moderator", version, remark, ("listing_manage", version.listing_id))
    else:
        _send(_whom_to_tell(version), "remark_by_organization", version, remark, ("version_decide", version.pk))


def tell_of_new_submission(version: Version, answer: Remark | None) -> None:
    """Whoever sent the version back hears that its author has changed it."""
    decision = version.decisions.filter(outcome=RETURNED).select_related("moderator").first()
    if decision is not None and _can_answer(decision.moderator, version):
        _send([decision.moderator], "version_sent_again", version, answer, ("version_decide", version.pk))
