"""Makes the head of the chain known outside of the database: whoever could write the chain anew cannot reach it there.

It goes to the log, which operators collect elsewhere, and by mail to whom `AUDIT_HEAD_TO` names.
"""

import logging

from django.conf import settings
from django.core.mail import send_mail

from portal.audit.chain import Head

logger = logging.getLogger("portal.audit")

_TEXT = """The audit of {site} ends today with this head:

{head}

Keep this mail. With the head, anybody can find out later whether something before it was changed:

manage.py check_audit --head {head}
"""


def publish(head: Head) -> None:
    """Tell where the chain ends. A chain without a seal has nothing to tell."""
    if not head.number:
        return
    logger.info("The audit ends with seal %s", head)
    for address in settings.AUDIT_HEAD_TO:
        text = _TEXT.format(site=settings.SITE_URL, head=head)
        send_mail(f"{settings.SITE_NAME}: head of the audit, seal {head.number}", text, None, [address])
