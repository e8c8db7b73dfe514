"""Keys, hosts, https, cookies."""

import secrets
from datetime import timedelta

from django.core.exceptions import ImproperlyConfigured

from portal.settings.environment import BEHIND_PROXY, DEBUG, IS_EMBEDDED, USES_HTTPS, VAR_DIR, env, flag, read


def embedded_secret_key() -> str:
    """A key made at the first start and kept beside the embedded database, so that sessions survive restarts."""
    path = VAR_DIR / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


SECRET_KEY = env.str("SECRET_KEY", "") or (embedded_secret_key() if IS_EMBEDDED or DEBUG else "")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is missing. With DATABASE_URL set, the portal does not invent a key of its own. "
        'Make one: python3 -c "import secrets; print(secrets.token_urlsafe(50))"'
    )
# Former keys, the newest first: links and sessions that they signed stay valid. See "Changing SECRET_KEY".
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

SECURE_SSL_REDIRECT = flag("SECURE_SSL_REDIRECT", USES_HTTPS)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
# So long browsers come back over https alone: first to this host, then to all names below it. It cannot be taken back.
_HSTS = read(env.int, "HSTS_SECONDS", 31_536_000, "Write a number of seconds, as in HSTS_SECONDS=3600.")
SECURE_HSTS_SECONDS = _HSTS if USES_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = flag("HSTS_NAMES_BELOW", True) and USES_HTTPS
SESSION_COOKIE_SECURE = USES_HTTPS
CSRF_COOKIE_SECURE = USES_HTTPS
# A browser takes a name with this beginning only over https, from this very host and for all of its paths, so that no
# neighbour under the same domain can plant a cookie here.
_OF_THIS_HOST = "__Host-" if USES_HTTPS else ""
SESSION_COOKIE_NAME = f"{_OF_THIS_HOST}sessionid"
CSRF_COOKIE_NAME = f"{_OF_THIS_HOST}csrftoken"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True  # no script reads them; forms carry the token
# A link in a mail has to find who is signed in; a form of another site is sent without either.
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = int(timedelta(days=14).total_seconds())
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# A whole form; a logo in it has at most 2 MB. A field without a file: `DATA_UPLOAD_MAX_MEMORY_SIZE`.
MOST_BYTES_SENT = 3 * 1024 * 1024
# Who is told of a hole that somebody has found: an address, or a page with a form. None: `security.txt` is not there.
SECURITY_CONTACT = env.str("SECURITY_CONTACT", "")
if SECURITY_CONTACT and "@" not in SECURITY_CONTACT and not SECURITY_CONTACT.startswith("https://"):
    raise ImproperlyConfigured(
        f"SECURITY_CONTACT={SECURITY_CONTACT!r} cannot be read. Write an address, as in security@example.org, "
        "or a page, as in https://www.example.org/security/"
    )
