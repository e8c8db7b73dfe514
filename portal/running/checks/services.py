"""Whether Redis, worker, beat and mail server do what the portal leaves to them."""

from collections.abc import Iterator

from celery import current_app
from django.conf import settings
from django.core.mail import get_connection
from redis import Redis
from redis.exceptions import RedisError, ResponseError

from portal.running.doctor import Finding, advice, fault, in_earnest, needs_database
from portal.watching.schedule import scheduled

OLDEST_REDIS = 6
SECONDS = 3
FOR_TRYING = ("filebased", "console", "locmem", "dummy")


def redis() -> Iterator[Finding]:
    if not settings.REDIS_URL:
        yield in_earnest(
            "There is no Redis: tasks run while somebody waits for a page, and nothing happens by the clock.",
            "Set up Redis, worker and beat, and write REDIS_URL.",
        )
        return
    try:
        with Redis.from_url(settings.REDIS_URL, socket_timeout=SECONDS, socket_connect_timeout=SECONDS) as client:
            yield from _of_redis(client)
    except (RedisError, OSError) as error:
        yield fault(f"Redis does not answer: {error}", "Is it running, and does REDIS_URL name it as it is?")


def _of_redis(client: Redis) -> Iterator[Finding]:
    version = client.info("server")["redis_version"]
    if int(version.split(".")[0]) < OLDEST_REDIS:
        yield fault(f"Redis {version} is too old.", f"Take version {OLDEST_REDIS} or newer.")
    try:
        said = {
            name: value
            for one in ("maxmemory*", "appendonly", "save")
            for name, value in client.config_get(one).items()
        }
    except ResponseError:
        yield advice("Redis does not say how it is set.", "See by hand: maxmemory-policy volatile-lru, appendonly yes.")
        return
    if str(said["maxmemory-policy"]).startswith("allkeys"):
        yield fault(
            f"maxmemory-policy {said['maxmemory-policy']}: a full Redis throws tasks away.",
            "Set maxmemory-policy volatile-lru: only what is kept for a while may go.",
        )
    if said["maxmemory"] == "0":
        yield advice("Redis has no maxmemory: kept pages may fill the machine.", "Set maxmemory, as in 256mb.")
    if said["appendonly"] == "no" and not said["save"]:
        yield fault("Redis writes nothing to disk: tasks that wait are lost when it restarts.", "Set appendonly yes.")


def worker() -> Iterator[Finding]:
    if settings.REDIS_URL and not current_app.control.ping(timeout=SECONDS):
        yield fault(
            f"No worker answers within {SECONDS} seconds: mails are not sent.",
            "Start one: celery -A portal worker. If one runs, see whether it has the same REDIS_URL.",
        )


@needs_database
def beat() -> Iterator[Finding]:
    tasks = list(scheduled())
    if late := [one.name for one in tasks if one.is_late]:
        yield fault(
            f"What happens by the clock is late: {', '.join(late)}.",
            "Start beat, one only: celery -A portal beat. See that a worker runs, and both have the right time.",
        )
    if failed := [one.name for one in tasks if one.has_failed]:
        yield fault(f"Tasks failed when they ran last: {', '.join(failed)}.", "See the log of the worker.")


def mail() -> Iterator[Finding]:
    backend = settings.POST_OFFICE["BACKENDS"]["default"]
    if any(kind in backend for kind in FOR_TRYING):
        yield in_earnest("Mails go nowhere but into a file or onto the screen.", "Write EMAIL_URL=smtp+tls://...")
    else:
        try:
            server = get_connection(backend)
            server.open()
            server.close()
        except OSError as error:
            yield fault(
                f"The mail server does not take us: {error}",
                "Does EMAIL_URL name host, port, user and password as they are, and may this machine reach it?",
            )
    if settings.DEFAULT_FROM_EMAIL.rstrip(">").endswith(("@example.org", "@example.com", "@localhost")):
        yield in_earnest(
            f"Mails come from {settings.DEFAULT_FROM_EMAIL}, which is nobody's.",
            "Write DEFAULT_FROM_EMAIL, an address that your mail server may send for and that somebody reads.",
        )
