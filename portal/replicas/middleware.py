"""Chooses the database of a request: a replica for visitors' public pages, else the primary."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import connections
from django.http import HttpRequest, HttpResponse

from portal.page_cache import parameters_read_at
from portal.replicas.choice import reading_from
from portal.replicas.watching import watch

Handler = Callable[[HttpRequest], HttpResponse]

# So many replicas may fail one request before it goes to the primary.
MOST_TRIES = 2


def visitors_read_from_replicas(get_response: Handler) -> Handler:
    """The middleware. It stands before the one that keeps pages, which reads their version."""
    if not settings.REPLICAS:
        raise MiddlewareNotUsed

    def middleware(request: HttpRequest) -> HttpResponse:
        if not may_be_older(request):
            return get_response(request)
        for name in watch().usable()[:MOST_TRIES]:
            with reading_from(name):
                response = get_response(request)
            if not _has_failed(name, response):
                return response
            # Looking changes nothing, so it can be done once more. All of it: the version, too, is read anew.
            if not _answers(name):
                watch().leave_out(name)
        return get_response(request)

    return middleware


def may_be_older(request: HttpRequest) -> bool:
    """Whether it does no harm that the page is some seconds old.

    A page that is kept is the same for all who have no session, so it shows nobody what they alone have just done. The
    pages behind links of mails are not kept: what the mail is about may be a second old.
    """
    return (
        request.method in ("GET", "HEAD")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and parameters_read_at(request.path_info) is not None
    )


def _has_failed(name: str, response: HttpResponse) -> bool:
    """Whether there is no page because the database did not answer."""
    return response.status_code >= 500 and connections[name].errors_occurred


def _answers(name: str) -> bool:
    """Whether only this question failed: a replica stops one that is in the way of what it has to replay."""
    connection = connections[name]
    if connection.connection is not None and connection.is_usable():
        return True
    connection.close()
    return False
