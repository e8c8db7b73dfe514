"""Why a listing that readers have seen cannot be kept as somebody wants."""

from django.utils.translation import gettext_lazy as _

from portal.refusals import AlreadyDecided


class NotPublished(AlreadyDecided):
    """Readers have never seen the listing, or a moderator took it away."""

    message = _("It is not published. Finish it and send it.")


class Withdrawn(AlreadyDecided):
    """The organization has taken the listing away."""

    message = _("Readers do not see it any more. You can bring it back.")


class Over(AlreadyDecided):
    """No word of anybody's brings back a listing whose days have all been."""

    message = _("All days are over. Write the coming ones.")
