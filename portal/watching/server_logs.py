"""What gunicorn itself says, in the same lines and without its visitors: `--logger-class` names this class."""

import os
from typing import Any

from gunicorn.glogging import Logger

from portal.watching.logs import JsonLines, PlainLines


class ServerLogger(Logger):
    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
        from django.conf import settings

        lines = JsonLines() if settings.LOG_FORMAT == "json" else PlainLines()
        for handler in self.error_log.handlers:
            handler.setFormatter(lines)

    def access(self, *args: Any, **kwargs: Any) -> None:
        """Never: gunicorn's line has address, path and query string. Ours is `portal.access`."""
