"""Which queue each task waits in, and that a worker does the most urgent first and survives a poisoned one."""

import os
import subprocess
import sys
import time

import pytest
from django.conf import settings as portal_settings

from portal.celery import app
from tests.portal import tasks_that_tell
from tests.portal.test_worker import forget_connections

URGENT_FIRST = ["mail", "today", "long"]


def own_tasks() -> dict[str, str]:
    """The portal's tasks with their queues."""
    app.loader.import_default_modules()
    names = [
        name for name in app.tasks if name.partition(".")[0] in ("portal", "organizations", "listings", "moderation")
    ]
    return {name: app.amqp.router.route({}, name)["queue"].name for name in names}


def test_mail_waits_for_nothing_and_nothing_waits_for_long_work():
    queues = own_tasks()
    assert [name for name, queue in queues.items() if queue == "mail"] == ["portal.tasks.send_waiting_mail"]
    assert {queues["listings.tasks.check_links"], queues["listings.tasks.rebuild_search"]} == {"long"}
    assert queues["organizations.tasks.forget_old_data"] == "long"
    assert queues["moderation.tasks.remind_of_waiting_cases"] == "today"


def test_worker_without_further_words_has_all_queues():
    assert list(app.amqp.queues) == URGENT_FIRST
    assert set(own_tasks().values()) == set(URGENT_FIRST)


def test_broker_never_gives_a_task_away_that_may_still_run():
    longest = [app.tasks[name].time_limit for name in own_tasks()]
    assert all(longest), "each task ends some time"
    assert max(longest) < portal_settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]


@pytest.mark.worker
def test_poisoned_task_runs_once_and_the_rest_follows_the_most_urgent_first(redis_url, tmp_path):
    told = tmp_path / "told"
    kept = {name: app.conf[name] for name in ("task_always_eager", "broker_url")}
    app.conf.update(task_always_eager=False, broker_url=redis_url)
    forget_connections()
    try:
        for queue in reversed(URGENT_FIRST):
            tasks_that_tell.tell.apply_async((str(told), queue), queue=queue)
        tasks_that_tell.tell_and_die.apply_async((str(told),), queue="mail")
    finally:
        app.conf.update(kept)
        forget_connections()
    worker = subprocess.Popen(
        [
            *(sys.executable, "-m", "celery", "-A", "portal", "worker", "--concurrency", "1"),
            *("--include", "tests.portal.tasks_that_tell", "--loglevel", "ERROR"),
        ],
        env={
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "VAR_DIR": str(tmp_path),
            "REDIS_URL": redis_url,
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + 60
        while not (told.exists() and "long" in told.read_text()) and time.monotonic() < deadline:
            time.sleep(0.1)
        time.sleep(2)  # a task that goes round comes back at once
        assert told.read_text().split() == ["mail", "poison", "today", "long"]
    finally:
        worker.terminate()
        worker.wait(timeout=30)
