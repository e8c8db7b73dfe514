"""The operators' page: what is well, what is not, and what to do, in their language."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone, translation
from post_office.models import Email

from portal.by_the_clock import BEAT_SCHEDULE
from portal.models import TaskRun
from portal.running.backups.manifest import Manifest, write
from portal.watching import overview, words
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def look(client):
    client.force_login(factories.UserFactory(operator=True))

    def look(language="en"):
        with translation.override(language):
            return client.get(reverse("operator_running")).content.decode()

    return look


@pytest.fixture
def tasks_run_by_the_clock(settings, monkeypatch):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    monkeypatch.setattr("portal.watching.health.queue_lengths", dict)
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        TaskRun.objects.create(task=entry["task"], succeeded_at=timezone.now())


def states():
    return {line.name: line.state for line in overview.overview().lines}


def test_new_portal_is_well_but_for_what_cannot_be_seen(look):
    page = look()
    assert states() == {
        "database": "ok",
        "cache": "ok",
        "queue": "ok",
        "index": "ok",
        "mail": "ok",
        "clock": "unknown",
        "answers": "ok",
        "backup": "unknown",
    }
    assert "there is no Redis" in page
    assert "BACKUP_FOLDER" in page


def test_what_is_wrong_stands_with_what_to_do(look):
    send_mail("Aihe", "Teksti", None, ["kuka@example.org"])
    Email.objects.update(created=timezone.now() - timedelta(minutes=20))
    page = look()
    assert "Not everything is well" in page
    assert "A mail has waited for more than a quarter of an hour" in page
    assert "kuka@example.org" not in page


@pytest.mark.usefixtures("tasks_run_by_the_clock")
def test_task_that_fails_or_is_late_is_shown(look):
    assert states()["clock"] == "ok"
    TaskRun.objects.filter(task="portal.tasks.send_digests").update(failed_at=timezone.now() + timedelta(seconds=1))
    TaskRun.objects.filter(task="portal.tasks.forget_old_mail").update(succeeded_at=timezone.now() - timedelta(days=3))
    assert states()["clock"] == "degraded"
    page = look()
    assert page.count("It failed") == 1
    assert page.count(">Late<") == 1


@pytest.mark.parametrize(("hours", "state"), [(1, "ok"), (100, "degraded"), (None, "degraded")])
def test_newest_backup_is_looked_for(look, settings, tmp_path, hours, state):
    settings.BACKUP_FOLDER = str(tmp_path)
    if hours is not None:
        folder = tmp_path / "portal-one"
        folder.mkdir()
        made = datetime.now(UTC) - timedelta(hours=hours)
        write(Manifest(made.isoformat(), "r", "sqlite", "3", "k", [], {}), folder)
    assert states()["backup"] == state
    assert ("The newest backup was made on" in look()) == (hours is not None)


def test_people_who_wait_too_long_are_told(look, monkeypatch):
    monkeypatch.setattr("moderation.clock.late.count_late", lambda: 2)
    assert states()["answers"] == "degraded"


def test_each_task_of_the_clock_has_its_words():
    assert set(BEAT_SCHEDULE) <= set(words.TASKS)
