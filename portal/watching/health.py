"""Whether the portal is well, part by part: the same answer for probes, metrics and the operator's page.

Readers are served as long as one database can be read. All else is only "degraded": without Redis, and while mail
waits, the portal does less or is slower, and taking it away from its readers would help nobody.
"""

import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Lock, Thread

from celery import current_app
from django.conf import settings
from django.db import Error, connections, transaction
from django.db.models import Count, Min
from django.utils import timezone
from django.utils.module_loading import import_string
from redis import Redis
from redis.exceptions import RedisError

from portal.mail.delivery import LATE_AFTER, waiting
from portal.replicas.watching import watch

OK, DEGRADED, DOWN = "ok", "degraded", "down"
SECONDS = 1
# So many tasks that nobody has taken yet are more than a worker does in a few minutes.
LONG_QUEUE = 1000
Figure = float | int | str | None


@dataclass(frozen=True)
class Part:
    """One part: how it is, and figures that say why. No text of an error: anybody may read it."""

    name: str
    state: str
    figures: dict[str, Figure] = field(default_factory=dict)


@contextmanager
def within_limit(alias: str) -> Iterator[None]:
    """A question to a database that must not take long."""
    if connections[alias].vendor != "postgresql":
        yield  # a transaction of SQLite would hold up those who write
        return
    with transaction.atomic(using=alias):
        with connections[alias].cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = {SECONDS * 1000}")
        yield


def milliseconds_to_answer(alias: str) -> float | None:
    """How long a database takes for the least of questions; None when it does not answer."""
    start = time.perf_counter()
    try:
        with within_limit(alias), connections[alias].cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        connections[alias].close()  # the next question opens a new connection
        return None
    return round((time.perf_counter() - start) * 1000, 1)


class Aside:
    """A question to a database in a thread of its own: one that vanished without a word is not waited for.

    Its server closes no connection then, and a probe that waits for TCP to give up answers too late to be heard.
    While the last question has no answer, no other is asked.
    """

    def __init__(self, alias: str) -> None:
        self._alias = alias
        self._lock = Lock()
        self._asking: Thread | None = None
        self._took: deque[float | None] = deque(maxlen=1)

    def __call__(self) -> float | None:
        with self._lock:
            if self._asking is None or not self._asking.is_alive():
                self._took.clear()
                self._asking = Thread(target=self._ask, daemon=True)
                self._asking.start()
            self._asking.join(2 * SECONDS)
            return self._took[0] if self._took and not self._asking.is_alive() else None

    def _ask(self) -> None:
        try:
            self._took.append(milliseconds_to_answer(self._alias))
        finally:
            connections[self._alias].close()


primary_aside = Aside("default")


def databases() -> dict[str, float | None]:
    """How long each takes to answer.

    A replica known to be silent is not asked: each would be waited for, and with two of them gone the answer to a probe
    would come too late to be heard, though readers are served.
    """
    if not settings.REPLICAS:
        return {"default": milliseconds_to_answer("default")}
    silent = watch().silent()
    answers = {alias: None if alias in silent else milliseconds_to_answer(alias) for alias in settings.REPLICAS}
    return {"default": primary_aside(), **answers}


def _database(answers: dict[str, float | None]) -> Part:
    present = [took for took in answers.values() if took is not None]
    state = OK if len(present) == len(answers) else DEGRADED if present else DOWN
    return Part("database", state, {"milliseconds": min(present, default=None), "of": len(answers), "up": len(present)})


def redis() -> Redis:
    """Redis for a short question."""
    return Redis.from_url(settings.REDIS_URL, socket_timeout=SECONDS, socket_connect_timeout=SECONDS)


def cache(alias: str) -> Part:
    """Where sign-in attempts are counted and pages are shared."""
    if not settings.REDIS_URL:
        return Part("cache", OK, {"milliseconds": 0.0})
    start = time.perf_counter()
    try:
        with redis() as client:
            client.ping()
    except (RedisError, OSError):
        return Part("cache", DEGRADED, {"milliseconds": None})
    return Part("cache", OK, {"milliseconds": round((time.perf_counter() - start) * 1000, 1)})


def queue_lengths() -> dict[str, int]:
    """How many tasks wait in each queue. Empty without Redis: then nothing ever waits."""
    if not settings.REDIS_URL:
        return {}
    names = list(current_app.amqp.queues)
    with redis() as client, client.pipeline(transaction=False) as questions:
        for name in names:
            questions.llen(name)
        return dict(zip(names, questions.execute(), strict=True))


def queue(alias: str) -> Part:
    """What workers have not taken yet."""
    try:
        waiting_tasks = sum(queue_lengths().values())
    except (RedisError, OSError):
        return Part("queue", DEGRADED, {"waiting": None})
    return Part("queue", OK if waiting_tasks < LONG_QUEUE else DEGRADED, {"waiting": waiting_tasks})


def mail(alias: str) -> Part:
    """How long the oldest mail waits."""
    found = waiting().using(alias).aggregate(count=Count("pk"), oldest=Min("created"))
    seconds = max(0, int((timezone.now() - found["oldest"]).total_seconds())) if found["oldest"] else 0
    state = OK if seconds < LATE_AFTER.total_seconds() else DEGRADED
    return Part("mail", state, {"waiting": found["count"], "oldest_seconds": seconds})


def parts() -> list[Part]:
    """Every part, the database first. One that breaks when it is asked is not well, and holds up no other."""
    answers = databases()
    readable = next((alias for alias, took in answers.items() if took is not None), None)
    return [_database(answers), *(_asked(name, question, readable) for name, question in settings.HEALTH.items())]


def _asked(name: str, question: str, alias: str | None) -> Part:
    if alias is not None:
        with suppress(Error), within_limit(alias):
            return import_string(question)(alias)
    return Part(name, DEGRADED)


def of_all(found: list[Part]) -> str:
    """The state of the portal as a whole: down only when there is nothing to read from."""
    if any(part.state == DOWN for part in found):
        return DOWN
    return DEGRADED if any(part.state == DEGRADED for part in found) else OK
