"""In which browsers an account is signed in. Only reads; what is over is cleared by the schedule."""

from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from organizations.models import User

# The first that is found names the browser; Chrome's name stands in most others' too, and Safari's in Chrome's.
_BROWSERS = (
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_MACHINES = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class Place:
    """One browser in which somebody is signed in. `device` is empty when the browser does not say what it is."""

    session: UserSession
    device: str
    is_this_one: bool


def device_of(user_agent: str) -> str:
    """Browser and machine in the words that people know, as in "Firefox, Windows"."""
    found = [next((name for sign, name in signs if sign in user_agent), "") for signs in (_BROWSERS, _MACHINES)]
    return ", ".join(filter(None, found))


def places_of(user: User, *, current_key: str) -> list[Place]:
    """Where the account is signed in now, this browser first, then the newest."""
    noted = {one.session_key: one for one in UserSession.objects.filter(user=user).order_by("-created_at")}
    alive = Session.objects.filter(session_key__in=list(noted), expire_date__gt=timezone.now())
    password = user.get_session_auth_hash()
    keys = {
        one.session_key
        for one in alive
        if constant_time_compare(str(one.get_decoded().get(HASH_SESSION_KEY, "")), password)
    }
    places = [Place(one, device_of(one.user_agent), key == current_key) for key, one in noted.items() if key in keys]
    return sorted(places, key=lambda place: not place.is_this_one)
