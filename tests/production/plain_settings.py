"""The portal's settings for servers of a test's own that show no styles: without the files that collectstatic makes."""

from portal.settings import *  # noqa: F403
from portal.settings import STORAGES

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
