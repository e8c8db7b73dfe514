"""A moderator's own names for parts of the queue. Nobody else sees them, so nothing of it is traced."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moderation.models import SavedView
from moderation.permissions import can_moderate
from organizations.models import User
from portal.refusals import AlreadyDecided, NotPermitted, Refused


@transaction.atomic
def save_view(name: str, query: str, *, by: User) -> SavedView:
    """Give a part of the queue a name. `Refused` when the person has a view of this name, or too many."""
    if not can_moderate(by):
        raise NotPermitted
    User.objects.select_for_update().get(pk=by.pk)
    views = SavedView.objects.filter(moderator=by)
    if views.filter(name=name).exists():
        raise Refused(_("You have a view of this name already. Choose another name."))
    if views.count() >= SavedView.MOST:
        raise Refused(_("You have %(count)s views. Delete one that you do not need first.") % {"count": SavedView.MOST})
    return SavedView.objects.create(moderator=by, name=name, query=query)


def delete_view(pk: int, *, by: User) -> None:
    """Forget one of one's own views."""
    gone, _by_model = SavedView.objects.filter(pk=pk, moderator=by).delete()
    if not gone:
        raise AlreadyDecided(_("This view is not there any more."))
