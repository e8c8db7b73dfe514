"""The environment is read in one place; what cannot be read stops the start with advice."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = "import django; django.setup(); from django.conf import settings as s; print({})"


def start(tmp_path, show="s.SITE_NAME", **environment):
    """Start the portal's settings in a process of their own."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", CODE.format(f"({show})")],
        env={**kept, "DJANGO_SETTINGS_MODULE": "portal.settings", "VAR_DIR": str(tmp_path), **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_any_environment_the_embedded_default_runs(tmp_path):
    show = "s.DATABASES['default']['ENGINE'], s.CELERY_TASK_ALWAYS_EAGER, s.DEBUG, s.EMAIL_FILE_PATH"
    result = start(tmp_path, show)
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip() == str(("django.db.backends.sqlite3", True, False, str(tmp_path / "mail")))


def test_embedded_secret_key_is_made_once_and_kept(tmp_path):
    first, second = start(tmp_path, "s.SECRET_KEY"), start(tmp_path, "s.SECRET_KEY")
    assert len(first.stdout.strip()) > 50
    assert first.stdout == second.stdout
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_https_address_turns_on_what_protects_cookies(tmp_path):
    show = "s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS > 0, s.SECURE_SSL_REDIRECT"
    assert start(tmp_path, show, SITE_URL="https://www.example.org").stdout.strip() == "(True, True, True, True)"
    assert start(tmp_path, show).stdout.strip() == "(False, False, False, False)"


def test_browsers_are_bound_to_https_little_by_little(tmp_path):
    show = "s.SECURE_HSTS_SECONDS, s.SECURE_HSTS_INCLUDE_SUBDOMAINS, s.SECURE_HSTS_PRELOAD"
    first = {"SITE_URL": "https://www.example.org", "HSTS_SECONDS": "3600", "HSTS_NAMES_BELOW": "false"}
    assert start(tmp_path, show, **first).stdout.strip() == "(3600, False, False)"
    assert start(tmp_path, show, SITE_URL="https://www.example.org").stdout.strip() == "(31536000, True, True)"


@pytest.mark.parametrize(
    ("environment", "advice"),
    [
        ({"DATABASE_URL": "postgres://u@127.0.0.1/x"}, "SECRET_KEY is missing"),
        ({"DATABASE_URL": "nonsense", "SECRET_KEY": "x"}, "It looks like postgres://"),
        ({"REDIS_URL": "localhost"}, "It looks like redis://"),
        ({"SITE_URL": "www.example.org"}, "needs its beginning"),
        ({"DEBUG": "perhaps"}, "DEBUG=true or DEBUG=false"),
        ({"LISTING_CONFIRMATION_DAYS": "many"}, "Write a number of days"),
        ({"INTERFACE_LANGUAGES": "fi,xx"}, "unknown codes: xx"),
        ({"MAP_SERVICES": "google,xx"}, "unknown names: xx"),
        ({"EMAIL_URL": "pigeon://host"}, "It looks like smtp"),
        ({"SECURITY_CONTACT": "the caretaker"}, "as in security@example.org"),
    ],
)
def test_value_that_cannot_be_read_stops_the_start_with_advice(tmp_path, environment, advice):
    result = start(tmp_path, **environment)
    assert result.returncode != 0
    assert "ImproperlyConfigured" in result.stderr
    assert advice in result.stderr
