"""Each check of the doctor, with a set-up in which it finds something; and one in earnest, with a real wrong Redis."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as present
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from redis import Redis

from listings.models import SearchState
from organizations.models import User
from portal.models import Municipality, Page, TaskRun
from portal.running.backups import manifest
from portal.running.checks import content, database, environment, files, services
from portal.running.doctor import ADVICE, FAULT, NOT_LOOKED_AT, examine
from tests import factories
from tests.services import free_port

ROOT = Path(__file__).parents[2]
IN_EARNEST = {"IS_EMBEDDED": False, "IS_DEMO": False}


def levels(check) -> list[str]:
    return [finding.level for finding in check()]


def told(check) -> str:
    return " ".join(f"{finding.what} {finding.do}" for finding in check())


def set_all(settings, **values) -> None:
    for name, value in values.items():
        setattr(settings, name, value)


# (check, settings in which it is well, settings in which it is not)
SETTINGS = {
    "secret key that is short": (environment.secret_key, {"SECRET_KEY": "a1b2c3d4e5f6" * 5}, {"SECRET_KEY": "secret"}),
    "secret key of few signs": (environment.secret_key, {"SECRET_KEY": "a1b2c3d4e5f6" * 5}, {"SECRET_KEY": "ab" * 40}),
    "host that is not allowed": (
        environment.addresses,
        {"SITE_URL": "https://www.example.org", "ALLOWED_HOSTS": [".example.org"]},
        {"SITE_URL": "https://www.example.org", "ALLOWED_HOSTS": ["example.org"]},
    ),
    "any host": (environment.addresses, {"SITE_URL": "http://localhost"}, {"ALLOWED_HOSTS": ["*"]}),
    "origin of another scheme": (
        environment.addresses,
        {"SITE_URL": "http://localhost", "CSRF_TRUSTED_ORIGINS": ["http://localhost"]},
        {"SITE_URL": "http://localhost", "CSRF_TRUSTED_ORIGINS": ["https://localhost"]},
    ),
    "no https": (
        environment.https,
        {"USES_HTTPS": True, "SITE_URL": "https://www.example.org"},
        {"USES_HTTPS": False, "SITE_URL": "http://www.example.org"},
    ),
    "https without its proxy": (
        environment.proxy,
        {"USES_HTTPS": True, "SECURE_SSL_REDIRECT": True, "BEHIND_PROXY": True},
        {"USES_HTTPS": True, "SECURE_SSL_REDIRECT": True, "BEHIND_PROXY": False},
    ),
    "debug": (environment.debug, {"DEBUG": False}, {"DEBUG": True}),
    "demonstration": (environment.demonstration, {"IS_DEMO": False}, {"IS_DEMO": True}),
    "no redis": (services.redis, {}, {"REDIS_URL": ""}),
}


@pytest.mark.parametrize(("check", "good", "bad"), SETTINGS.values(), ids=SETTINGS)
def test_wrong_setting_is_found(check, good, bad, settings, monkeypatch):
    set_all(settings, **IN_EARNEST)
    if good:
        set_all(settings, **good)
        assert levels(check) == []
    set_all(settings, **bad)
    assert levels(check) == [FAULT]
    assert all(finding.do for finding in check())


def test_what_only_matters_in_earnest_is_advice_for_whoever_tries(settings):
    set_all(settings, IS_EMBEDDED=True, REDIS_URL="")
    assert levels(services.redis) == [ADVICE]


def test_database_that_does_not_answer_ends_the_questions_to_it(settings, monkeypatch):
    def fails() -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(database.connection, "ensure_connection", fails)
    settings.DOCTOR_CHECKS = [
        "portal.running.checks.database.database",
        "portal.running.checks.database.migrations",
        "portal.running.checks.environment.debug",
    ]
    assert [seen.finding.level for seen in examine()] == [FAULT, NOT_LOOKED_AT, "ok"]


def test_check_that_breaks_does_not_stop_the_others(settings, monkeypatch):
    monkeypatch.setattr(environment, "debug", lambda: 1 / 0)
    settings.DOCTOR_CHECKS = ["portal.running.checks.environment.debug", "portal.running.checks.environment.https"]
    assert [seen.finding.level for seen in examine()] == [FAULT, "ok"]


@pytest.mark.django_db
def test_kind_of_database(settings, monkeypatch):
    set_all(settings, **IN_EARNEST)
    if connection.vendor != "postgresql":
        assert "SQLite" in told(database.kind_of_database)
        return
    assert levels(database.kind_of_database) == []
    monkeypatch.setattr(database, "_shown", {"server_version": "14.3 (Debian)", "server_encoding": "LATIN1"}.get)
    assert levels(database.kind_of_database) == [FAULT, FAULT]


@pytest.mark.django_db
def test_migration_that_is_not_applied_or_not_known():
    assert levels(database.migrations) == []
    MigrationRecorder(connection).record_applied("portal", "9999_of_a_newer_release")
    assert levels(database.migrations) == [ADVICE]
    (last,) = MigrationExecutor(connection).loader.graph.leaf_nodes("moderation")
    MigrationRecorder(connection).record_unapplied(*last)
    assert levels(database.migrations) == [FAULT]


@pytest.mark.django_db
def test_reference_data_that_is_missing():
    assert levels(database.reference_data) == []
    Municipality.objects.get(pk="091").delete()
    assert "Of 308 municipalities there are 307" in told(database.reference_data)


@pytest.mark.django_db
def test_clock_that_goes_wrong(monkeypatch):
    assert levels(database.clock) == []

    class Wrong(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + timedelta(minutes=2)

    monkeypatch.setattr(database, "datetime", Wrong)
    assert "differ by 1" in told(database.clock)


def test_redis_that_throws_tasks_away_and_writes_nothing_down(settings, services_required, tmp_path):
    """A real one, set as for a cache."""
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--dir", str(tmp_path), "--save", ""]
    try:
        server = subprocess.Popen([*command, "--maxmemory-policy", "allkeys-lru"], stdout=subprocess.DEVNULL)
    except FileNotFoundError:
        if services_required:
            pytest.fail("Redis is missing: install redis-server.")
        pytest.skip("needs redis-server")
    settings.REDIS_URL = f"redis://127.0.0.1:{port}/0"
    try:
        client = Redis.from_url(settings.REDIS_URL, retry_on_error=[ConnectionError])
        while not _answers(client):
            pass
        found = told(services.redis)
        assert "volatile-lru" in found
        assert "no maxmemory" in found
        assert "Set appendonly yes" in found
        for name, value in {"maxmemory-policy": "volatile-lru", "maxmemory": "64mb", "appendonly": "yes"}.items():
            client.config_set(name, value)
        assert levels(services.redis) == []
        client.close()
    finally:
        server.kill()
        server.wait()
    assert "does not answer" in told(services.redis)


def _answers(client: Redis) -> bool:
    try:
        return client.ping()
    except OSError:
        return False
    except Exception as error:
        return "loading" in str(error)


def test_worker_that_does_not_answer(settings, redis_url, monkeypatch):
    settings.REDIS_URL = redis_url
    monkeypatch.setattr(services.current_app.control, "ping", lambda timeout: [])
    assert "celery -A portal worker" in told(services.worker)
    settings.REDIS_URL = ""
    assert levels(services.worker) == []


@pytest.mark.django_db
def test_beat_that_has_stopped_and_task_that_failed(settings):
    assert levels(services.beat) == [], "without Redis nothing happens by the clock"
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    settings.CELERY_BEAT_SCHEDULE = {"mail": present.CELERY_BEAT_SCHEDULE["send-waiting-mail"]}
    run = TaskRun.objects.create(task="portal.tasks.send_waiting_mail", succeeded_at=timezone.now())
    assert levels(services.beat) == []
    TaskRun.objects.update(succeeded_at=timezone.now() - timedelta(hours=1))
    assert "Start beat" in told(services.beat)
    run.succeeded_at, run.failed_at = timezone.now() - timedelta(minutes=1), timezone.now()
    run.save()
    assert "failed when they ran last: mail" in told(services.beat)


def test_mail_that_goes_nowhere(settings):
    set_all(settings, **IN_EARNEST, DEFAULT_FROM_EMAIL="portaali@esimerkki.fi")
    settings.POST_OFFICE = {"BACKENDS": {"default": "django.core.mail.backends.filebased.EmailBackend"}}
    assert "Write EMAIL_URL" in told(services.mail)
    settings.POST_OFFICE = {"BACKENDS": {"default": "django.core.mail.backends.smtp.EmailBackend"}}
    set_all(settings, EMAIL_HOST="127.0.0.1", EMAIL_PORT=free_port())
    assert "does not take us" in told(services.mail)


def test_mail_server_that_answers_and_sender_that_is_nobodys(settings, mailbox):
    set_all(settings, **IN_EARNEST, DEFAULT_FROM_EMAIL="portaali@esimerkki.fi")
    assert levels(services.mail) == []
    settings.DEFAULT_FROM_EMAIL = "Portal <no-reply@example.org>"
    assert "nobody's" in told(services.mail)


def test_store_that_cannot_be_written(monkeypatch):
    assert levels(files.media) == []
    assert default_storage.listdir("doctor")[1] == [], "nothing is left behind"

    def full(name, content):
        raise OSError("No space left on device")

    monkeypatch.setattr(default_storage, "save", full)
    assert "No space left" in told(files.media)


def test_static_files_and_catalogues_that_are_not_made(settings, tmp_path):
    static = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    set_all(settings, STORAGES=static, STATIC_ROOT=tmp_path)
    assert "collectstatic" in told(files.static_files)
    source = tmp_path / "fi" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.touch()
    settings.LOCALE_PATHS = [tmp_path]
    assert "1 of 1 catalogues" in told(files.catalogues)
    source.with_suffix(".mo").touch()
    assert levels(files.catalogues) == []


def test_disk_that_is_full(monkeypatch):
    usage = files.shutil.disk_usage("/")._replace
    for free, level in ((5 * 10**9, []), (10**9, [ADVICE]), (10**8, [FAULT])):
        monkeypatch.setattr(files.shutil, "disk_usage", lambda path, free=free: usage(free=free))
        assert levels(files.disk_space) == level


def test_backups_that_are_missing_or_old(settings, tmp_path):
    set_all(settings, **IN_EARNEST, BACKUP_FOLDER="")
    assert levels(files.backups) == [ADVICE]
    settings.BACKUP_FOLDER = str(tmp_path)
    assert "no whole backup" in told(files.backups)
    for hours, level in ((30, [FAULT]), (3, [])):
        folder = tmp_path / f"portal-{hours}"
        folder.mkdir()
        made = (datetime.now(UTC) - timedelta(hours=hours)).isoformat()
        manifest.write(manifest.Manifest(made, "r", "postgresql", "15", "k", [], {}), folder)
        assert levels(files.backups) == level


@pytest.mark.django_db
def test_search_index_of_another_release(published):
    assert levels(content.search_index) == []
    SearchState.objects.update(analyser="another")
    assert "rebuild_search" in told(content.search_index)


@pytest.mark.django_db
def test_operators_that_are_missing_and_have_no_second_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = True
    assert levels(content.operators) == [FAULT]
    first = factories.UserFactory(operator=True)
    assert levels(content.operators) == [ADVICE]
    factories.UserFactory(operator=True, is_active=True)
    assert levels(content.operators) == []
    assert "2 moderators and operators" in told(content.second_factors)
    Authenticator.objects.create(user=first, type=Authenticator.Type.TOTP, data={})
    User.objects.exclude(pk=first.pk).update(is_staff=False, is_moderator=False)
    assert levels(content.second_factors) == []


@pytest.mark.django_db
def test_pages_with_gaps(settings):
    set_all(settings, **IN_EARNEST)
    assert "contact (fi)" in told(content.pages_of_the_operator)
    Page.objects.update(body_fi="Ota yhteyttä.", body_sv="", body_en=None)
    assert levels(content.pages_of_the_operator) == []


def test_every_check_is_in_the_list():
    modules = (environment, database, services, files, content)
    written = {
        f"{module.__name__}.{name}"
        for module in modules
        for name, value in vars(import_module(module.__name__)).items()
        if callable(value) and getattr(value, "__module__", "") == module.__name__ and not name.startswith("_")
    }
    assert written == set(present.DOCTOR_CHECKS)


def test_command_exits_with_one_and_speaks_json(tmp_path):
    """A set-up nobody has finished: an address without https, a weak key, a database that is not there."""
    wrong = {
        "DATABASE_URL": "postgres://portal@127.0.0.1:1/portal",
        "SECRET_KEY": "x",
        "SITE_URL": "http://www.example.org",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "doctor", "--json"],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings", "VAR_DIR": str(tmp_path), **wrong},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    faults = {line["check"] for line in json.loads(done.stdout) if line["level"] == FAULT}
    assert {"secret key", "addresses", "https", "database", "redis", "mail"} <= faults


@pytest.mark.django_db
def test_command_exits_with_zero_when_all_is_well(settings, capsys):
    settings.DOCTOR_CHECKS = ["portal.running.checks.environment.debug"]
    call_command("doctor")
    assert "0 faults" in capsys.readouterr().out
