"""Entry point of the web server processes."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
application = get_wsgi_application()


def warm_up() -> None:
    """Do before the first request what it would wait for.

    What is in memory by then stays there. The collector need not go through it again and again, which would hold up a
    request by a quarter of a second now and then.
    """
    import gc

    from django.conf import settings
    from django.utils.module_loading import import_string

    for name in settings.WARM_UP:
        import_string(name)()
    gc.collect()
    gc.freeze()


warm_up()
