"""The portal as plain Django would be: each page made whole from the tables, nothing kept. For `bench_http.py`."""

from portal import facts
from portal.settings import *  # noqa: F403
from portal.settings import CACHES

PAGES_ARE_KEPT = False
CACHES["cards"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
facts.KEPT_SECONDS = 0
