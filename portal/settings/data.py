"""The database, Redis, and what is kept ready."""

from django.core.exceptions import ImproperlyConfigured

from portal.settings.environment import DEBUG, VAR_DIR, env

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'portal.sqlite3'}")}
if "ENGINE" not in DATABASES["default"] or not DATABASES["default"].get("NAME"):
    raise ImproperlyConfigured("DATABASE_URL cannot be read. It looks like postgres://user:password@host:5432/name")
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE takes the write lock at the start, so that a reader never has to become a writer midway.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["CONN_MAX_AGE"] = 60  # opening a connection takes longer than sending a page that is kept
DATABASES["default"]["ATOMIC_REQUESTS"] = False

REDIS_URL = env.str("REDIS_URL", "")
if REDIS_URL and not REDIS_URL.startswith(("redis://", "rediss://", "unix://")):
    raise ImproperlyConfigured(f"REDIS_URL={REDIS_URL!r} cannot be read. It looks like redis://host:6379/0")
_REDIS = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
_SHARED = {
    "BACKEND": "portal.forgiving_cache.ForgivingRedisCache",
    "LOCATION": REDIS_URL,
    "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
}
_MEMORY = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
_NOTHING = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
CACHES = {
    "default": _REDIS if REDIS_URL else _MEMORY,
    # Cards of listings: `listings/cards.py`.
    "cards": {**_SHARED, "KEY_PREFIX": "card"}
    if REDIS_URL
    else {**_MEMORY, "LOCATION": "cards", "OPTIONS": {"MAX_ENTRIES": 10_000}},
    # Whole pages, behind the memory of each process: `portal/page_cache.py`.
    "pages": {**_SHARED, "KEY_PREFIX": "page"} if REDIS_URL else _NOTHING,
}
PAGES_ARE_KEPT = not DEBUG  # whoever changes a template wants to see it
if DEBUG:
    CACHES["cards"] = _NOTHING
# Who reads and raises the version of all that readers see: `portal/freshness.py`.
PUBLIC_VERSION = "listings.search.postings.present"
RAISE_PUBLIC_VERSION = "listings.search.postings.raise_version"
# What a web process builds before its first request.
WARM_UP = ["listings.search.reading.warm_up", "listings.search.labels.label_terms"]
