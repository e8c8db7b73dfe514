"""Entry point of the web server processes."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
application = get_wsgi_application()


def warm_up() -> None:
    """Do before the first request what it would wait for."""
    from django.conf import settings
    from django.utils.module_loading import import_string

    for name in settings.WARM_UP:
        import_string(name)()


warm_up()
