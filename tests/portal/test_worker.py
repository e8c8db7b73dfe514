"""With Redis the mail is sent by a worker process of its own."""

import os
import subprocess
import sys
import time

import pytest
from celery import current_app
from django.db import connection
from post_office.models import STATUS, Email

from tests import factories
from tests.portal.test_mail import return_to


def environment(redis_url: str, port: int) -> dict[str, str]:
    """The settings of a real worker that works on the database of this test."""
    options = connection.settings_dict
    if connection.vendor == "postgresql":
        database = f"postgres://{options['USER']}@{options['HOST']}:{options['PORT']}/{options['NAME']}"
    else:
        pytest.skip("a test database in memory cannot be shared with another process; the second run does this")
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "DATABASE_URL": database,
        "REDIS_URL": redis_url,
        "SECRET_KEY": "test",
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
    }


@pytest.mark.worker
@pytest.mark.usefixtures("committed_db")
def test_worker_process_sends_the_mail_of_a_decision(redis_url, mailbox, settings):
    command = [sys.executable, "-m", "celery", "-A", "portal", "worker", "--concurrency", "1", "--pool", "solo"]
    worker = subprocess.Popen(
        command,
        env=environment(redis_url, settings.EMAIL_PORT),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    eager, broker = current_app.conf.task_always_eager, current_app.conf.broker_url
    current_app.conf.update(task_always_eager=False, broker_url=redis_url)
    try:
        author = factories.UserFactory(email="kirjoittaja@example.org")
        return_to(author)
        assert Email.objects.get().status == STATUS.queued, "it was sent in this process"
        deadline = time.monotonic() + 60
        while not mailbox.messages and time.monotonic() < deadline:
            time.sleep(0.1)
        assert len(mailbox.to("kirjoittaja@example.org")) == 1
    finally:
        current_app.conf.update(task_always_eager=eager, broker_url=broker)
        worker.terminate()
        worker.wait(timeout=30)
