"""Keys, hosts, https, cookies."""

import secrets
from datetime import timedelta

from django.core.exceptions import ImproperlyConfigured

from portal.settings.environment import BEHIND_PROXY, DEBUG, IS_EMBEDDED, USES_HTTPS, VAR_DIR, env, flag


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
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

SECURE_SSL_REDIRECT = flag("SECURE_SSL_REDIRECT", USES_HTTPS)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 31536000 if USES_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = USES_HTTPS
SECURE_HSTS_PRELOAD = USES_HTTPS
SESSION_COOKIE_SECURE = USES_HTTPS
CSRF_COOKIE_SECURE = USES_HTTPS
SESSION_COOKIE_AGE = int(timedelta(days=14).total_seconds())
