"""Whether the settings fit each other and are safe where people come."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import validate_host

from portal.running.doctor import Finding, advice, fault, in_earnest

SHORTEST_KEY, FEWEST_SIGNS = 50, 10
LOOPBACK = ("127.0.0.1", "localhost", "::1")
NEW_KEY = 'Make one: python3 -c "import secrets; print(secrets.token_urlsafe(50))"'


def secret_key() -> Iterator[Finding]:
    key = settings.SECRET_KEY
    if len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_SIGNS or key.startswith("django-insecure-"):
        yield in_earnest("SECRET_KEY can be guessed: whoever guesses it signs in as anybody.", NEW_KEY)


def addresses() -> Iterator[Finding]:
    """Whether SITE_URL, ALLOWED_HOSTS and CSRF_TRUSTED_ORIGINS speak of the same portal."""
    site = urlsplit(settings.SITE_URL)
    if not validate_host(site.hostname or "", settings.ALLOWED_HOSTS):
        yield fault(
            f"ALLOWED_HOSTS does not have {site.hostname}, the host of SITE_URL: every page would answer 400.",
            f"Add {site.hostname} to ALLOWED_HOSTS.",
        )
    if "*" in settings.ALLOWED_HOSTS:
        yield in_earnest(
            "ALLOWED_HOSTS takes any host: links in mails and kept pages could name a strange one.",
            f"Write ALLOWED_HOSTS={site.hostname}.",
        )
    for origin in settings.CSRF_TRUSTED_ORIGINS:
        if urlsplit(origin).scheme != site.scheme:
            yield fault(
                f"CSRF_TRUSTED_ORIGINS has {origin}, and SITE_URL begins with {site.scheme}://.",
                f"Write it with {site.scheme}://, or take it out.",
            )


def https() -> Iterator[Finding]:
    host = urlsplit(settings.SITE_URL).hostname
    if not settings.USES_HTTPS and host not in LOOPBACK:
        yield fault(
            "SITE_URL begins with http://: passwords go over the net for all to read.",
            f"Put a proxy with a certificate before the portal and write SITE_URL=https://{host}.",
        )
    if settings.USES_HTTPS and host in LOOPBACK and not settings.IS_DEMO:
        yield advice("SITE_URL is this machine: links in mails lead nowhere for others.", "Write the public address.")


def proxy() -> Iterator[Finding]:
    if settings.USES_HTTPS and settings.SECURE_SSL_REDIRECT and not settings.BEHIND_PROXY:
        yield fault(
            "The portal itself speaks http, and is not told that a proxy speaks https for it: pages redirect for ever.",
            "Write BEHIND_PROXY=true, and let the proxy set X-Forwarded-Proto and X-Forwarded-For on every request.",
        )
    if settings.BEHIND_PROXY and not settings.USES_HTTPS:
        yield advice(
            "BEHIND_PROXY is set and SITE_URL is http://.",
            "Is there really a proxy? Without one anybody says who asks.",
        )


def debug() -> Iterator[Finding]:
    if settings.DEBUG:
        yield fault("DEBUG=true: pages of errors show source and settings to anybody.", "Leave DEBUG out.")


def demonstration() -> Iterator[Finding]:
    if settings.IS_DEMO:
        told = "IS_DEMO=true: each page says that it is a demonstration, and commands may make false listings."
        do = "Leave IS_DEMO out where people come."
        yield advice(told, do) if settings.IS_EMBEDDED else fault(told, do)
