"""With Redis the mail is sent by a worker process of its own."""

import os
import subprocess
import sys
import time

import pytest
from celery import current_app
from django.db import connection
from kombu import pools
from post_office.models import STATUS, Email

from tests import factories
from tests.portal.test_mail import return_to


def environment(redis_url: str, port: int) -> dict[str, str]:
    """The settings of a real worker that works on the database of this test."""
    options = connection.settings_dict
    database = f"postgres://{options['USER']}@{options['HOST']}:{options['PORT']}/{options['NAME']}"
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "DATABASE_URL": database,
        "REDIS_URL": redis_url,
        "SECRET_KEY": "test",
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
    }


@pytest.fixture
def tasks_go_to_redis(redis_url):
    """This process hands its tasks over, as the web process does; connections made before are forgotten."""
    kept = {name: current_app.conf[name] for name in ("task_always_eager", "broker_url")}
    current_app.conf.update(task_always_eager=False, broker_url=redis_url)
    forget_connections()
    yield redis_url
    current_app.conf.update(kept)
    forget_connections()


def forget_connections() -> None:
    # The pools are registered for the whole process: a closed one must not be found again.
    pools.reset()
    current_app._pool = None
    current_app.amqp._producer_pool = None


@pytest.mark.worker
@pytest.mark.usefixtures("need_postgresql", "committed_db")
def test_worker_process_sends_the_mail_of_a_decision(tasks_go_to_redis, mailbox, settings):
    command = [sys.executable, "-m", "celery", "-A", "portal", "worker", "--concurrency", "1", "--pool", "solo"]
    worker = subprocess.Popen(
        command,
        env=environment(tasks_go_to_redis, settings.EMAIL_PORT),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        author = factories.UserFactory(email="kirjoittaja@example.org")
        return_to(author)
        assert Email.objects.get().status == STATUS.queued, "it was sent in this process"
        deadline = time.monotonic() + 60
        while not mailbox.messages and time.monotonic() < deadline:
            time.sleep(0.1)
        assert len(mailbox.to("kirjoittaja@example.org")) == 1
    finally:
        worker.terminate()
        worker.wait(timeout=30)
