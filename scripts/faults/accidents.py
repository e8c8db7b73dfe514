"""The faults, each a function of the scene. They come back when what they did is over."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from scripts.faults.scene import Scene
from scripts.faults.signing_up import sign_up_all
from scripts.faults.times import clock_jumps
from scripts.faults.uploading import disk_is_full

AWAY_SECONDS = 8
LOCKED_SECONDS = 8
POISON = "scripts.faults.poison"


def one_web_dies(scene: Scene) -> None:
    scene.kill("web-1")


def all_web_die(scene: Scene) -> None:
    scene.kill(*scene.production.web)


def workers_die(scene: Scene) -> None:
    """First one, while the other works; then both."""
    workers = [name for name in scene.production.processes if name.startswith("worker")]
    scene.kill(workers[0])
    time.sleep(5)
    scene.kill(*workers)


def beat_dies(scene: Scene) -> None:
    scene.kill("beat")


def redis_dies(scene: Scene) -> None:
    scene.kill("redis")


def database_dies(scene: Scene) -> None:
    """The postmaster and all its children: what was acknowledged has to be in the log on the disk."""
    scene.kill("database")


def proxy_dies(scene: Scene) -> None:
    scene.kill("proxy")


def redis_is_emptied(scene: Scene) -> None:
    """Tasks that wait, counts of tries to sign in, pages and cards are gone."""
    scene.redis.flushall()


def mail_server_refuses(scene: Scene) -> None:
    """It says "later" for a while, then nobody listens for a while."""
    scene.mailbox.refuses = True
    time.sleep(AWAY_SECONDS)
    scene.check(scene.mailbox.refused > 0, "no mail was refused, so nothing was tried")
    scene.mailbox.refuses = False
    scene.mailbox.go()
    time.sleep(AWAY_SECONDS)
    scene.mailbox.come()


def database_is_slow(scene: Scene) -> None:
    """Somebody has locked the table of all versions and sleeps."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE listings_version IN ACCESS EXCLUSIVE MODE")
        cursor.execute("SELECT pg_sleep(%s)", [LOCKED_SECONDS])


def tasks_are_poisoned(scene: Scene) -> None:
    """Tasks that kill their process, and such that always fail, before the others. Workers go on with the rest."""
    from celery import current_app

    workers = [name for name in scene.production.processes if name.startswith("worker")]
    for name in workers:
        process = scene.production.processes[name]
        process.command += ["--include", POISON]
        scene.production.restart(name)
    for _each in range(5):
        current_app.send_task(f"{POISON}.kill_own_process", queue="mail")
        current_app.send_task(f"{POISON}.always_fail", queue="mail")
    at = time.monotonic()
    scene.until(lambda: scene.redis.llen("mail") == 0, "tasks still wait behind the poisoned ones")
    scene.told.phase.back_after = time.monotonic() - at
    time.sleep(3)
    log = "".join((scene.production.folder / "logs" / f"{name}.log").read_text() for name in workers)
    for sign in ("WorkerLostError", "RuntimeError"):
        scene.check(log.count(sign) >= 5, f"the log of the workers does not tell of {sign}")
    for name in workers:
        del scene.production.processes[name].command[-2:]


@dataclass(frozen=True)
class Fault:
    """`share`: the most of readers' requests that may fail; of those who write, any may, if they are told so."""

    title: str
    bring_about: Callable[[Scene], None]
    share: float = 0.01


FAULTS: dict[str, Fault] = {
    "web": Fault("one web process killed", one_web_dies),
    "webs": Fault("all three web processes killed", all_web_die, 0.5),
    "worker": Fault("one worker killed, then both", workers_die),
    "beat": Fault("beat killed", beat_dies),
    "redis": Fault("Redis killed", redis_dies),
    "flush": Fault("Redis emptied", redis_is_emptied),
    "database": Fault("PostgreSQL killed with all its children", database_dies, 0.5),
    "proxy": Fault("proxy killed", proxy_dies, 0.2),
    "disk": Fault("no room for logos", disk_is_full),
    "smtp": Fault("mail server says “later”, then is away", mail_server_refuses),
    "clock": Fault("clock an hour ahead, then right again", clock_jumps),
    "slow": Fault("table of versions locked for 8 seconds", database_is_slow),
    "poison": Fault("tasks that kill their process or always fail", tasks_are_poisoned),
    "signups": Fault("1,000 sign-ups at once", sign_up_all, 0.02),
}
