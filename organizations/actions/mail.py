"""Which mails people get, and when."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from organizations.models import User
from portal.audit import record
from portal.mail.kinds import choosable, stopped_by
from portal.mail.unsubscribing import Unsubscription
from portal.refusals import AlreadyDecided, NotPermitted


class Stopped(AlreadyDecided):
    """A second click, or it was unticked under “My account” before."""

    message = _("These mails are stopped. You need not do anything.")


@transaction.atomic
def change_mail(*, by: User, wanted: Iterable[str], mail_rhythm: str) -> User:
    """The kinds that one wants, of those that one may do without, and whether they come together.

    Nothing happens to a kind that the person is not offered.
    """
    user = User.objects.select_for_update().get(pk=by.pk)
    offered = {kind.name for kind in choosable(is_moderator=user.is_moderator)}
    unwanted = (set(user.unwanted_mail) - offered) | (offered - set(wanted))
    user.unwanted_mail, user.mail_rhythm = sorted(unwanted), mail_rhythm
    user.save(update_fields=["unwanted_mail", "mail_rhythm"])
    record("changed_mail", user, by=user, unwanted=user.unwanted_mail, rhythm=mail_rhythm)
    return user


@transaction.atomic
def stop_mail(unsubscription: Unsubscription) -> None:
    """Stop one kind of mail for the person whose link it is. The key in the link is the permission."""
    user = User.objects.select_for_update().filter(pk=unsubscription.person, is_active=True).first()
    if user is None:
        raise NotPermitted(_("The account to which the mail was sent is closed. It gets no more mail."))
    stopped = stopped_by(unsubscription.kind) - set(user.unwanted_mail)
    if not stopped:
        raise Stopped
    user.unwanted_mail = sorted({*user.unwanted_mail, *stopped})
    user.save(update_fields=["unwanted_mail"])
    record("stopped_mail", user, by=user, kind=unsubscription.kind)
