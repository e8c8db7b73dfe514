"""The database, Redis, and what is kept ready."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from portal.settings.environment import DEBUG, VAR_DIR, env, flag, read

# The password of an address without one, so that it can come from a file of its own
DATABASE_PASSWORD = env.str("DATABASE_PASSWORD", "")


def _with_password(database: dict[str, Any]) -> dict[str, Any]:
    return database if database.get("PASSWORD") else {**database, "PASSWORD": DATABASE_PASSWORD}


DATABASES: dict[str, dict[str, Any]] = {
    "default": _with_password(env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'portal.sqlite3'}"))
}
_primary = DATABASES["default"]
if "ENGINE" not in _primary or not _primary.get("NAME"):
    raise ImproperlyConfigured("DATABASE_URL cannot be read. It looks like postgres://user:password@host:5432/name")
_IS_POSTGRESQL = _primary["ENGINE"] != "django.db.backends.sqlite3"

# So many connections each process shares among its threads; 0: each thread has one of its own, which it keeps
DATABASE_POOL_SIZE = read(env.int, "DATABASE_POOL_SIZE", 0, "Write a number, as in DATABASE_POOL_SIZE=4.")
# A pooler (PgBouncer) gives each transaction another connection of its own: nothing may last longer
DATABASE_BEHIND_POOLER = flag("DATABASE_BEHIND_POOLER", False)
if _IS_POSTGRESQL:
    # A server that is not there is noticed within seconds, also when nobody says so; what the address says comes first.
    _primary["OPTIONS"] = {"connect_timeout": 3, "tcp_user_timeout": 10_000, **_primary.get("OPTIONS", {})}
    if DATABASE_POOL_SIZE:
        _primary["OPTIONS"]["pool"] = {"min_size": 1, "max_size": DATABASE_POOL_SIZE, "timeout": 5}
    _primary["CONN_HEALTH_CHECKS"] = True
    _primary["DISABLE_SERVER_SIDE_CURSORS"] = DATABASE_BEHIND_POOLER
else:
    # IMMEDIATE takes the write lock at the start, so that a reader never has to become a writer midway.
    _primary["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
# Opening a connection takes longer than sending a page that is kept; a pool keeps them itself.
_primary["CONN_MAX_AGE"] = 0 if _IS_POSTGRESQL and DATABASE_POOL_SIZE else 60
_primary["ATOMIC_REQUESTS"] = False

# Copies from which visitors' public pages are read (`portal/replicas/`); those too far behind are left out
for _number, _url in enumerate(env.list("DATABASE_REPLICA_URLS", default=[]), start=1):
    _replica = _with_password(env.db_url_config(_url))
    if not _IS_POSTGRESQL or _replica.get("ENGINE") != _primary["ENGINE"] or not _replica.get("NAME"):
        raise ImproperlyConfigured(
            "DATABASE_REPLICA_URLS cannot be read. It has addresses like DATABASE_URL, with commas: "
            "postgres://user:password@replica-1:5432/name,postgres://... Only PostgreSQL has replicas."
        )
    DATABASES[f"replica-{_number}"] = {
        **_primary,
        **_replica,
        "OPTIONS": {**_primary["OPTIONS"], "tcp_user_timeout": 3000, **_replica.get("OPTIONS", {})},
        "TEST": {"MIRROR": "default"},
    }
REPLICAS = [name for name in DATABASES if name != "default"]
REPLICA_LAG_SECONDS = read(env.float, "REPLICA_LAG_SECONDS", 5.0, "Write seconds, as in REPLICA_LAG_SECONDS=5.")
DATABASE_ROUTERS = ["portal.replicas.choice.ReplicaRouter"] if REPLICAS else []

REDIS_URL = env.str("REDIS_URL", "")
if REDIS_URL and not REDIS_URL.startswith(("redis://", "rediss://", "unix://")):
    raise ImproperlyConfigured(f"REDIS_URL={REDIS_URL!r} cannot be read. It looks like redis://host:6379/0")
_SHARED = {
    "BACKEND": "portal.forgiving_cache.ForgivingRedisCache",
    "LOCATION": REDIS_URL,
    "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
}
# What is counted, as tries to sign in: with room for so many counts that nobody pushes out their own by making others.
_COUNTING = {**_SHARED, "BACKEND": "portal.forgiving_cache.CountingRedisCache"}
_MEMORY = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
_NOTHING = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
CACHES = {
    "default": _COUNTING if REDIS_URL else {**_MEMORY, "OPTIONS": {"MAX_ENTRIES": 100_000}},
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
