"""Probes: whether a process answers and can serve readers, however it is asked."""

import json
import time
from contextlib import contextmanager
from datetime import timedelta
from threading import Event

import pytest
from celery import current_app
from django.core.mail import send_mail
from django.db import OperationalError, connections
from django.test import Client, RequestFactory
from django.utils import timezone
from post_office.models import Email

from listings.models import SearchState
from portal.replicas.watching import Watch
from portal.views import probes
from portal.watching import health
from tests.services import free_port


@pytest.fixture(autouse=True)
def _asked_anew():
    probes.remembered.forget()
    yield
    probes.remembered.forget()


def ready():
    probes.remembered.forget()
    response = Client().get("/health/ready")
    return response.status_code, json.loads(response.content)


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
def test_probe_is_answered_whichever_host_it_names_and_without_https(path, settings, db):
    settings.SECURE_SSL_REDIRECT = True
    response = Client().get(path, headers={"host": "10.1.2.3:8000"})
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    assert not response.cookies
    assert Client().get("/", headers={"host": "10.1.2.3:8000"}).status_code == 400, "others are still refused"


def test_live_asks_no_database():
    assert Client().get("/health/live").json() == {"status": "ok"}  # pytest-django fails on any question


def test_probe_takes_only_reading(db):
    assert Client().post("/health/ready").status_code == 405


def test_well_portal_says_so_part_by_part(db):
    status, told = ready()
    assert (status, told["status"]) == (200, "ok")
    assert list(told["parts"]) == ["database", "cache", "queue", "index", "mail"]
    assert told["parts"]["mail"] == {"status": "ok", "waiting": 0, "oldest_seconds": 0}


def test_mail_that_waits_long_is_degraded_and_readers_are_served(db):
    send_mail("Aihe", "Teksti", None, ["kuka@example.org"])
    Email.objects.update(created=timezone.now() - timedelta(minutes=20))
    status, told = ready()
    assert (status, told["status"]) == (200, "degraded")
    assert told["parts"]["mail"]["status"] == "degraded"
    assert told["parts"]["mail"]["oldest_seconds"] >= 1200


def test_redis_that_is_away_is_degraded_within_its_time(db, settings):
    settings.REDIS_URL = f"redis://:geheim@127.0.0.1:{free_port()}/0"
    status, told = ready()
    assert (status, told["status"]) == (200, "degraded")
    assert {name for name, part in told["parts"].items() if part["status"] == "degraded"} == {"cache", "queue"}
    assert "geheim" not in json.dumps(told)
    assert "127.0.0.1" not in json.dumps(told)


def test_redis_that_answers_tells_how_much_waits(db, settings, redis_url):
    settings.REDIS_URL = redis_url
    name = next(iter(current_app.amqp.queues))
    with health.redis() as client:
        client.delete(name)
        client.lpush(name, *range(health.LONG_QUEUE))
        try:
            _status, told = ready()
        finally:
            client.delete(name)
    assert told["parts"]["cache"]["status"] == "ok"
    assert told["parts"]["queue"] == {"status": "degraded", "waiting": health.LONG_QUEUE}


def test_index_of_another_release_is_degraded(db):
    SearchState.objects.update_or_create(pk=1, defaults={"analyser": "another"})
    assert ready()[1]["parts"]["index"]["status"] == "degraded"


class Silent:
    """A database that does not answer; a replica that does is the real one under another name."""

    def __init__(self, *silent):
        self.silent = silent

    @contextmanager
    def __call__(self, alias):
        if alias in self.silent:
            raise OperationalError("connection to server at 10.0.0.5 failed: password is wrong")
        yield


def test_without_any_database_no_reader_can_be_served(db, monkeypatch):
    monkeypatch.setattr(health, "within_limit", Silent("default"))
    monkeypatch.setattr(connections["default"], "close", lambda: None)
    status, told = ready()
    assert (status, told["status"]) == (503, "down")
    assert told["parts"]["database"] == {"status": "down", "milliseconds": None, "of": 1, "up": 0}
    assert "10.0.0.5" not in json.dumps(told)


def test_primary_that_is_down_is_degraded_while_a_replica_answers():
    answers = {"default": None, "replica-1": 0.4}
    assert health._database(answers).state == health.DEGRADED
    assert health._database({"default": None, "replica-1": None}).state == health.DOWN


def test_replica_that_is_known_to_be_silent_holds_up_no_probe(settings, monkeypatch):
    settings.REPLICAS = ["replica-1", "replica-2"]
    seen = Watch(settings.REPLICAS, limit=5.0)
    seen.standings["replica-2"].is_at(100, 100, time.monotonic())
    asked = []
    monkeypatch.setattr(health, "watch", lambda: seen)
    monkeypatch.setattr(health, "milliseconds_to_answer", lambda alias: asked.append(alias) or 0.1)
    monkeypatch.setattr(health, "primary_aside", lambda: 0.2)
    assert health.databases() == {"default": 0.2, "replica-1": None, "replica-2": 0.1}
    assert asked == ["replica-2"]


def test_primary_that_vanished_without_a_word_is_not_waited_for(monkeypatch):
    is_back, asked = Event(), []
    monkeypatch.setattr(health, "SECONDS", 0.05)
    monkeypatch.setattr(health, "milliseconds_to_answer", lambda alias: asked.append(alias) or is_back.wait(20) and 0.3)
    aside = health.Aside("default")
    assert [aside(), aside()] == [None, None]
    assert asked == ["default"], "one question hangs, not one for each probe"
    is_back.set()
    while aside() is None:
        pass
    assert aside() == 0.3


def test_many_probes_ask_once_a_second(db, django_assert_num_queries):
    get = RequestFactory().get("/health/ready")
    probes.health_ready(get)
    with django_assert_num_queries(0):
        probes.health_ready(get)
