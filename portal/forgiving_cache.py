"""Redis for what can be made again: when it does not answer, the portal is slower and nothing else."""

import logging
import re
import time
from collections.abc import Callable
from itertools import islice
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

PAUSE_SECONDS = 10
KEYS_AT_ONCE = 1000

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
