"""What every answer says to browsers: what a page may load, run and use, and who may hold it.

Kept pages are sent from memory, so that no answer can carry a nonce of its own, and none is needed: nothing on a page
is inline. The policy is therefore the same for all, which is why it is a few lines here and not a library. Django 6
brings one of its own.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

SELF, NONE = "'self'", "'none'"
# Only what is named may be loaded.
ALLOWED = {
    "default-src": NONE,
    "script-src": SELF,
    "style-src": SELF,
    "img-src": SELF,
    "connect-src": SELF,
    "form-action": SELF,
    "base-uri": NONE,
    "frame-ancestors": NONE,
}
# What a page never asks for, so that nothing slipped into it can ask either. Security keys and copying stay.
NOT_USED = (
    *("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation"),
    *("gyroscope", "hid", "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "screen-wake-lock"),
    *("serial", "usb", "xr-spatial-tracking"),
)


def policy(**more: str) -> str:
    """The policy of all pages; `frame_src="'self'"` lets one page do more. Such a view sets its header itself."""
    allowed = ALLOWED | {name.replace("_", "-"): value for name, value in more.items()}
    return "; ".join(f"{name} {value}" for name, value in allowed.items())


HEADERS = {
    "Content-Security-Policy": policy(),
    "Permissions-Policy": ", ".join(f"{name}=()" for name in NOT_USED),
    "Cross-Origin-Resource-Policy": "same-origin",
    # Set by Django, too, but not on what never reaches its middleware.
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def browsers_are_told(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The outermost middleware: refusals, redirects to https and static files pass through it as well."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return middleware
