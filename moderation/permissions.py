"""Who may decide. Used by actions, templates and tests alike."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse

from listings.permissions import can_publish
from organizations.models import User
from organizations.permissions import can_decide_organization

__all__ = ["can_decide_organization", "can_moderate", "can_publish", "moderators_only"]


def can_moderate(user: User | AnonymousUser) -> bool:
    """Whether the person sees the queue."""
    return user.is_authenticated and user.is_moderator


def moderators_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """To all others the page does not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not can_moderate(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
