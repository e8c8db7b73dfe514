"""Mail: every message is a row of the outbox first; `EMAIL_URL` is where the outbox sends it."""

from datetime import timedelta
from typing import Any

from portal.settings.environment import VAR_DIR, env, read
from portal.settings.tasks import CELERY_BEAT_SCHEDULE

EMAIL_BACKEND = "portal.mail.outbox.OutboxBackend"
_mail = read(
    lambda name, default: env.email_url(name, default=default),
    "EMAIL_URL",
    f"filemail://{VAR_DIR / 'mail'}",
    "It looks like smtp+tls://user:password@host:587 or consolemail:// or filemail:///folder",
)
EMAIL_HOST = _mail.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = _mail.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = _mail.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = _mail.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = _mail.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 15
# The address of a folder loses its first stroke when it is read.
EMAIL_FILE_PATH = "/" + (_mail.get("EMAIL_FILE_PATH") or str(VAR_DIR / "mail")).lstrip("/")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "no-reply@example.org")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# A Maildir that gets the reports of mails that came back; empty: nobody looks.
BOUNCE_MAILDIR = env.str("BOUNCE_MAILDIR", "")
if BOUNCE_MAILDIR:
    CELERY_BEAT_SCHEDULE["take-bounces"] = {"task": "portal.tasks.take_bounces", "schedule": timedelta(hours=1)}
POST_OFFICE: dict[str, Any] = {
    "BACKENDS": {"default": _mail["EMAIL_BACKEND"]},
    # Its tables are used; who sends, how often and when again is ours: `portal/mail/delivery.py`.
    "CELERY_ENABLED": False,
    "MAX_RETRIES": 8,
    "RETRY_INTERVAL": timedelta(
        seconds=read(env.int, "MAIL_RETRY_SECONDS", 300, "Write a number of seconds, as in MAIL_RETRY_SECONDS=300.")
    ),
}
