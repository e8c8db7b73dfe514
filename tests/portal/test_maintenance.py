"""While the portal rests, every page says so in the reader's language, whatever has happened to the database."""

import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from celery.canvas import Signature
from celery.exceptions import Retry
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from redis import Redis

from portal.celery import app
from portal.running import maintenance
from portal.running.resting import TRIES_AGAIN_SECONDS, RestingTask

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _own_mark(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    settings.REDIS_URL = ""
    maintenance.forget()
    yield
    settings.REDIS_URL = ""
    maintenance.turn_off()


@pytest.mark.parametrize(
    ("path", "accepted", "language", "direction"),
    [("/sv/", "fi", "sv", "ltr"), ("/ar/", "fi", "ar", "rtl"), ("/robots.txt", "so,en;q=0.5", "so", "ltr")],
)
def test_page_is_in_the_readers_language_and_needs_no_database(path, accepted, language, direction):
    maintenance.turn_on(30)
    response = Client(headers={"Accept-Language": accepted}).get(path)
    assert response.status_code == 503
    assert 25 * 60 < int(response["Retry-After"]) <= 30 * 60
    assert response["Cache-Control"] == "no-store"
    page = response.content.decode()
    assert f'<html lang="{language}" dir="{direction}">' in page
    assert page.count("<h1>") == 1


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (20, "Tule takaisin kello 10.20 jälkeen."),
        (60 * 20, "Tule takaisin 2.3.2027 kello 6.00 jälkeen."),
        (-1, "vartin kuluttua"),
    ],
)
def test_reader_is_told_when_to_come_back(minutes, said, monkeypatch):
    ten_in_helsinki = datetime(2027, 3, 1, 8, tzinfo=UTC)
    monkeypatch.setattr(maintenance, "until", lambda: ten_in_helsinki + timedelta(minutes=minutes))
    monkeypatch.setattr(timezone, "now", lambda: ten_in_helsinki)
    assert said in Client().get("/fi/").content.decode()


def test_nothing_is_written_while_the_portal_rests():
    maintenance.turn_on()
    assert Client().post("/fi/account/login/", {"login": "a@example.org", "password": "x"}).status_code == 503


@pytest.mark.django_db
def test_health_and_static_files_are_answered_all_the_same():
    maintenance.turn_on()
    assert Client().get("/health/live").status_code == 200
    picture = Client().get("/static/portal/icon.svg")
    assert picture.status_code == 200
    picture.close()


@pytest.mark.django_db
def test_portal_works_again_when_told():
    maintenance.turn_on()
    assert Client().get("/fi/").status_code == 503
    call_command("maintenance", "off")
    assert Client().get("/fi/").status_code == 200


def test_time_that_is_over_does_not_end_it():
    maintenance.turn_on(minutes=-5)
    response = Client().get("/fi/")
    assert (response.status_code, response["Retry-After"]) == (503, "60")


def test_processes_on_other_machines_see_the_mark_in_redis(settings, redis_url, tmp_path):
    settings.REDIS_URL = redis_url
    assert not maintenance.is_on()
    elsewhere = {"REDIS_URL": redis_url, "VAR_DIR": str(tmp_path / "elsewhere"), "SECRET_KEY": "x"}
    command = [sys.executable, "manage.py", "maintenance", "on"]
    # No database answers there.
    environment = {**os.environ, **elsewhere, "DATABASE_URL": "postgres://portal@127.0.0.1:1/portal"}
    environment["DJANGO_SETTINGS_MODULE"] = "portal.settings"
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    try:
        time.sleep(maintenance.LOOKS_EVERY_SECONDS)
        assert maintenance.is_on()
    finally:
        maintenance.turn_off()


def test_redis_that_goes_away_changes_nothing(settings, redis_url, monkeypatch):
    settings.REDIS_URL = redis_url
    maintenance.turn_on()
    assert maintenance.is_on()
    try:
        monkeypatch.setattr(maintenance, "_redis", lambda: Redis.from_url("redis://127.0.0.1:1/0"))
        maintenance.forget()
        assert maintenance.is_on()
    finally:
        monkeypatch.undo()
        maintenance.turn_off()


def test_worker_puts_tasks_off_for_as_long_as_the_portal_rests(monkeypatch):
    ran, put_off = [], []
    monkeypatch.setattr(Signature, "apply_async", lambda self, **_: put_off.append(self.options["countdown"]))

    @app.task(base=RestingTask, bind=True, name="test.resting", shared=False)
    def something(task):
        ran.append(1)

    maintenance.turn_on()
    something.push_request(called_directly=False, is_eager=False, delivery_info={}, retries=1000)
    try:
        with pytest.raises(Retry):
            something()
    finally:
        something.pop_request()
    assert ran == []
    assert put_off == [TRIES_AGAIN_SECONDS]
    something()
    assert ran == [1], "what a command asks for itself does not wait"


def test_every_task_is_one_that_rests():
    app.loader.import_default_modules()
    ours = [task for name, task in app.tasks.items() if not name.startswith(("celery.", "test."))]
    assert ours
    assert all(isinstance(task, RestingTask) for task in ours)
