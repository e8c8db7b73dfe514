"""Why an action did not happen. Views turn these into messages; nothing has been written when one is raised."""

from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """An action that cannot be done now. `message` is for the person, in their language."""

    message = _("This cannot be done.")

    def __init__(self, message=None) -> None:
        if message is not None:
            self.message = message
        super().__init__(str(self.message))


class NotPermitted(Refused):
    """The person may not do this."""

    message = _("You may not do this.")


class AlreadyDecided(Refused):
    """The state has moved on since the page was opened: a lost race or a second click."""

    message = _("Somebody has already done this, or the situation has changed. Nothing was changed now.")
