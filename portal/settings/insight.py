"""What the portal tells those who run it: logs, metrics, health, and errors to a Sentry of theirs."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from portal.settings.environment import env, flag

LOG_LEVEL = env.str("LOG_LEVEL", "WARNING").upper()
if LOG_LEVEL not in ("DEBUG", "INFO", "WARNING", "ERROR"):
    raise ImproperlyConfigured(f"LOG_LEVEL={LOG_LEVEL!r} cannot be read. Write DEBUG, INFO, WARNING or ERROR.")
LOG_FORMAT = env.str("LOG_FORMAT", "plain")
if LOG_FORMAT not in ("plain", "json"):
    raise ImproperlyConfigured(f"LOG_FORMAT={LOG_FORMAT!r} cannot be read. Write LOG_FORMAT=plain or LOG_FORMAT=json.")
# A line for each request
ACCESS_LOG = flag("ACCESS_LOG", LOG_FORMAT == "json")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"()": "portal.watching.logs.PlainLines"},
        "json": {"()": "portal.watching.logs.JsonLines"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        # Django's own handlers are taken away: one of them writes mails with whole requests.
        "django": {"handlers": [], "propagate": True},
        # Its line for each page that is not there says less than ours, which are counted, too.
        "django.request": {"level": "ERROR"},
        # Scanners ask for hosts that are not ours: answered with 400, counted, and no error of the portal.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "portal.access": {"level": "INFO" if ACCESS_LOG else "WARNING"},
        # Who tries to get in, and whether they do; never who they are.
        "portal.security": {"level": "INFO"},
        # The head of the audit's chain is to be known outside of the database, whatever else is logged.
        "portal.audit": {"level": "INFO"},
    },
}

# Metrics: whoever shows this token may read them at /metrics; without one the address does not exist.
METRICS_TOKEN = env.str("METRICS_TOKEN", "")
if METRICS_TOKEN and len(METRICS_TOKEN) < 20:
    raise ImproperlyConfigured(
        "METRICS_TOKEN is too short to be a secret. "
        'Make one: python3 -c "import secrets; print(secrets.token_urlsafe(32))"'
    )
# Where several processes of one web server put their counts together; read by prometheus-client itself.
if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
    try:
        Path(os.environ["PROMETHEUS_MULTIPROC_DIR"]).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"PROMETHEUS_MULTIPROC_DIR cannot be made ({error}). Write a folder that the web process may write to."
        ) from error
# Who reads figures from the database and from Redis, and for how many seconds what was read counts as new
METRICS = {
    "portal.watching.figures.of_health": 10,
    "portal.watching.figures.of_mail": 10,
    "portal.watching.figures.of_tasks": 10,
    "portal.watching.figures.of_databases": 10,
    "portal.watching.figures.of_maintenance": 0,
    "portal.watching.figures.of_backups": 60,
    "moderation.queue.standing.figures": 30,
    "listings.search.standing.figures": 300,
}
# What is asked, besides the database, whether it is well: `portal/watching/health.py`
HEALTH = {
    "cache": "portal.watching.health.cache",
    "queue": "portal.watching.health.queue",
    "index": "listings.search.standing.health",
    "mail": "portal.watching.health.mail",
}
# How many people wait longer for a moderator than they were promised, for the operators' page
COUNT_LATE_ANSWERS = "moderation.clock.late.count_late"

# Errors go to a Sentry only where an address is given; the package is an extra of the installation.
SENTRY_DSN = env.str("SENTRY_DSN", "")
if SENTRY_DSN and not SENTRY_DSN.startswith(("http://", "https://")):
    raise ImproperlyConfigured("SENTRY_DSN cannot be read. It looks like https://key@sentry.example.org/1")
if SENTRY_DSN:
    from portal.watching.sentry import send_errors_to

    send_errors_to(SENTRY_DSN)
