"""Pages for those who run the portal. To all others they do not exist."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse


def can_operate(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether the person runs the portal."""
    return bool(user.is_authenticated and user.is_active and getattr(user, "is_staff", False))


def operators_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not can_operate(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
