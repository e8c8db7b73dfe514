"""The second factor: who needs one, and that nobody who needs one gets past without showing it.

Fails closed: a moderator or operator who has not shown it in this session reaches what strangers reach and the pages on
which it is set up, shown or signed out from. Every other address, also one that is made later, leads there first.
"""

import time
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import qrcode
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from qrcode.image.svg import SvgPathImage

from organizations.models import User

FIRST_FACTORS_AWAY = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)

# When the person opened a page last, in the session; noted so often.
LAST_HERE = "last_here"
NOTED_EVERY_SECONDS = 60

# Where the second factor is shown, and the way out.
TO_SHOW = {
    "account_logout",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
}
# Pages of one's own account that are open to whoever has none yet. Once there is one, only what shows it is open:
# whoever has the password alone may not take the second factor away.
TO_SET_UP = TO_SHOW | {
    "account_settings",
    "account_email",
    "account_change_password",
    "account_set_password",
    "account_sessions",
    "account_session_end",
    "account_sessions_end_others",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
}


def needs_second_factor(user: User) -> bool:
    """Whoever decides about others' things."""
    return settings.SECOND_FACTOR_REQUIRED and (user.is_moderator or user.is_staff or user.is_superuser)


def is_shown(request: HttpRequest) -> bool:
    """Whether the second factor was shown in this session, not long ago, and its owner still seems to be there.

    A session from before it was set up has not shown it. After a long silence somebody else may sit there: what they
    open is closed. What is sent goes through, so that nobody loses what they wrote.
    """
    records = get_authentication_records(request, request.user)
    shown_at = max((one.get("at", 0) for one in records if one.get("method") == "mfa"), default=0)
    now = time.time()
    if now - shown_at > settings.SECOND_FACTOR_HOURS * 3600:
        return False
    if request.method not in ("GET", "HEAD"):
        return True
    last_here = max(shown_at, request.session.get(LAST_HERE, 0))
    if now - last_here > settings.STAFF_IDLE_MINUTES * 60:
        return False
    if now - last_here > NOTED_EVERY_SECONDS:
        request.session[LAST_HERE] = int(now)
    return True


class SecondFactorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: Any, kwargs: Any) -> HttpResponse | None:
        if not getattr(view, "login_required", True):  # strangers see it too
            return None
        if not request.user.is_authenticated or not needs_second_factor(request.user):
            return None
        page_name = request.resolver_match.view_name if request.resolver_match is not None else ""
        factors = set(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
        if not factors & set(FIRST_FACTORS_AWAY):
            return None if page_name in TO_SET_UP else redirect("mfa_index")
        if page_name in TO_SHOW or is_shown(request):
            return None
        page = "mfa_reauthenticate" if Authenticator.Type.TOTP in factors else "mfa_reauthenticate_webauthn"
        onwards = request.get_full_path() if request.method in ("GET", "HEAD") else reverse("desk")
        return redirect(f"{reverse(page)}?{urlencode({'next': onwards})}")


class SecondFactorAdapter(DefaultMFAAdapter):
    """What allauth says and shows about the second factor, in our words."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("This code is not right. Look for the newest one and write it again."),
        "cannot_generate_recovery_codes": gettext_lazy("Set up an app or a security key first."),
    }

    def _get_site_name(self) -> str:
        return settings.SITE_NAME

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Security key %(number)s") % {"number": count + 1}

    def build_totp_svg(self, url: str) -> SafeString:
        """The picture that the app reads, as part of the page: dark squares on light in both themes."""
        picture = qrcode.make(url, image_factory=SvgPathImage, border=2)
        path = ElementTree.fromstring(picture.to_string()).find("{*}path")  # noqa: S314 - made here
        side = picture.width + 2 * picture.border
        assert path is not None
        return mark_safe(  # noqa: S308 - numbers and letters of a drawing that was made here
            f'<svg class="qr" width="240" height="240" viewBox="0 0 {side} {side}" aria-hidden="true">'
            f'<path d="{path.get("d")}"/></svg>'
        )


def remember_new_factor(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    """Whoever sets up a factor has shown it; looking at fresh recovery codes has nothing left to write."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        authenticator.wrap().mark_as_viewed()
    else:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
