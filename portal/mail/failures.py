"""Why a mail did not arrive: what a server's answer means for it, and how to say so in plain words."""

import re
from smtplib import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPException,
    SMTPHeloError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
)

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_OF_THE_SERVER = (SMTPAuthenticationError, SMTPConnectError, SMTPHeloError, SMTPServerDisconnected)
# From here on a server means "never" (RFC 5321, 4.2.1).
NEVER = 500
# How the log names a report that came back by mail, and a worker that ended in the middle.
BOUNCED, INTERRUPTED = "Bounced", "Interrupted"


def server_is_away(error: Exception) -> bool:
    """Whether it is about the server and not about this mail: the others need not be tried now."""
    return isinstance(error, _OF_THE_SERVER) or not isinstance(error, SMTPException) and isinstance(error, OSError)


def refuses_address(error: Exception) -> bool:
    """Whether the server takes nothing for this address, now or later."""
    return isinstance(error, SMTPRecipientsRefused) and all(code >= NEVER for code, _ in error.recipients.values())


def is_final(error: Exception) -> bool:
    """Whether the same mail would be refused again."""
    if server_is_away(error):
        return False
    is_refused = isinstance(error, SMTPResponseException) and error.smtp_code >= NEVER
    return is_refused or refuses_address(error)


def is_about_address(status: str) -> bool:
    """Whether a status of RFC 3463 is about the address and the way to it, and not about the one mail."""
    return bool(re.match(r"5\.[0124]\.", status))


_PLAIN: dict[str, str | Promise] = {
    "SMTPRecipientsRefused": _("The receiving server does not take mail for this address."),
    "SMTPSenderRefused": _("The mail server does not let the portal send from its address."),
    "SMTPDataError": _("The mail server did not take the message."),
    "SMTPAuthenticationError": _("The mail server does not accept the portal’s user name or password."),
    "SMTPServerDisconnected": _("The mail server broke off."),
    BOUNCED: _("The mail came back: it could not be delivered to this address."),
    INTERRUPTED: _("Sending was interrupted too often. It may have arrived."),
}
# The same for reports that came back by mail, by the status of RFC 3463 with which their line in the log begins.
_CAME_BACK: tuple[tuple[str, str | Promise], ...] = (
    (r"5\.(1\.[0136]|1\.10)\b", _("The mail came back: there is no such address.")),
    (r"5\.(1\.2|4\.4)\b", _("The mail came back: the server of this address cannot be found.")),
    (r"5\.2\.1\b", _("The mail came back: the mailbox is closed.")),
    (r"5\.2\.2\b", _("The mail came back: the mailbox is full.")),
    (r"5\.7\.", _("The mail came back: the receiving server did not want it, perhaps as spam.")),
)
_CANNOT_REACH = _("The mail server cannot be reached.")
_OTHER = _("The mail could not be sent.")


def in_plain_words(exception_type: str, message: str) -> str | Promise:
    """What happened, from the outbox's log."""
    if exception_type == BOUNCED:
        by_status = (words for pattern, words in _CAME_BACK if re.match(pattern, message))
        return next(by_status, _PLAIN[BOUNCED])
    if exception_type in _PLAIN:
        return _PLAIN[exception_type]
    is_network = bool(re.search(r"Connect|Timeout|gaierror|OSError|SSL", exception_type))
    return _CANNOT_REACH if is_network else _OTHER
