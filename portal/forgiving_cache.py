"""Redis for what can be made again, and for counting: when it does not answer, the portal goes on without it."""

import logging
import re
import time
from collections.abc import Callable
from itertools import islice
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

PAUSE_SECONDS = 10
KEYS_AT_ONCE = 1000
# So many that nobody pushes out their own count by making others.
OWN_ENTRIES = 100_000

logger = logging.getLogger(__name__)


class ForgivingRedisCache(RedisCache):
    """Finds nothing while Redis is away, and asks again only after a pause."""

    _silent_until = 0.0

    def _ask(self, question: Callable[[], Any], otherwise: Any) -> Any:
        if time.monotonic() < ForgivingRedisCache._silent_until:
            return otherwise
        try:
            return question()
        except (RedisError, OSError) as error:
            ForgivingRedisCache._silent_until = time.monotonic() + PAUSE_SECONDS
            logger.warning("Redis does not answer; nothing is kept there for %s seconds: %s", PAUSE_SECONDS, error)
            return otherwise

    def get(self, key, default=None, version=None):
        return self._ask(lambda: super(ForgivingRedisCache, self).get(key, default, version), default)

    def get_many(self, keys, version=None):
        return self._ask(lambda: super(ForgivingRedisCache, self).get_many(keys, version), {})

    def set(self, key, value, *args, **kwargs):
        self._ask(lambda: super(ForgivingRedisCache, self).set(key, value, *args, **kwargs), None)

    def set_many(self, data, *args, **kwargs):
        return self._ask(lambda: super(ForgivingRedisCache, self).set_many(data, *args, **kwargs), list(data))

    def clear(self) -> bool:
        """Forget what is kept under this cache's own beginning; the rest of Redis, with its tasks, stays."""
        return self._ask(self._delete_own, False)

    def _delete_own(self) -> bool:
        client = self._cache.get_client(None, write=True)
        own = re.sub(r"([*?\[\]\\])", r"\\\1", f"{self.key_prefix}:") + "*"
        keys = client.scan_iter(match=own, count=KEYS_AT_ONCE)
        while some := list(islice(keys, KEYS_AT_ONCE)):
            client.unlink(*some)
        return True


_AWAY: Any = object()


class CountingRedisCache(ForgivingRedisCache):
    """For what is counted, as tries to sign in. While Redis is away each process counts in a memory of its own.

    So a limit holds for each process by itself then: somebody has as many tries more as there are processes, and never
    any number of them.
    """

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._own = LocMemCache("while Redis is away", {"OPTIONS": {"MAX_ENTRIES": OWN_ENTRIES}})

    def _here_or_own(self, method: str, *args: Any, **kwargs: Any) -> Any:
        answer = self._ask(lambda: getattr(RedisCache, method)(self, *args, **kwargs), _AWAY)
        return getattr(self._own, method)(*args, **kwargs) if answer is _AWAY else answer

    def add(self, *args, **kwargs):
        return self._here_or_own("add", *args, **kwargs)

    def get(self, *args, **kwargs):
        return self._here_or_own("get", *args, **kwargs)

    def set(self, *args, **kwargs):
        return self._here_or_own("set", *args, **kwargs)

    def touch(self, *args, **kwargs):
        return self._here_or_own("touch", *args, **kwargs)

    def delete(self, *args, **kwargs):
        return self._here_or_own("delete", *args, **kwargs)

    def get_many(self, *args, **kwargs):
        return self._here_or_own("get_many", *args, **kwargs)

    def set_many(self, *args, **kwargs):
        return self._here_or_own("set_many", *args, **kwargs)

    def delete_many(self, *args, **kwargs):
        return self._here_or_own("delete_many", *args, **kwargs)

    def has_key(self, *args, **kwargs):
        return self._here_or_own("has_key", *args, **kwargs)

    def incr(self, *args, **kwargs):
        return self._here_or_own("incr", *args, **kwargs)

    def clear(self) -> bool:
        self._own.clear()
        return super().clear()
