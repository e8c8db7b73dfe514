"""The portal's settings for tests: nothing is kept, nothing leaves the machine, passwords are cheap."""

import os
import tempfile

os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="portal-tests-"))
os.environ.setdefault("EMAIL_URL", "memorymail://")

from portal.settings import *  # noqa: E402, F403
from portal.settings import STORAGES  # noqa: E402

DEBUG = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
CELERY_TASK_ALWAYS_EAGER = True
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "cards": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "cards"},
    "pages": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}
# Tests look into what a view gives its template, and write rows past the actions; those of kept pages turn it on.
PAGES_ARE_KEPT = False
ACCOUNT_RATE_LIMITS = False
# Those of trust turn them on; in all others a moderator decides, however many listings an organization has.
TRUST_PUBLISHED = 0
SAMPLE_PERCENT = 0
# Those of the second factor turn it on; all others sign in as a moderator in one step.
SECOND_FACTOR_REQUIRED = False
SECURITY_CONTACT = "security@example.org"
