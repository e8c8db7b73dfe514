"""What all tests share: reference data once for each database, roles to sign in as, a full outbox to look into."""

import logging
import os
import re
from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import translation
from pytest_django.plugin import blocking_manager_key

from listings.search import postings, spelling
from listings.search.synonyms import own
from portal import page_cache
from tests import bending, factories, services
from tests.guards.world import World

DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}


def pytest_addoption(parser):
    parser.addoption(
        "--only-with-database",
        action="store_true",
        help="leave out the tests to which the database makes no difference (docs/adr/0009)",
    )


def _uses_database(item) -> bool:
    if any(item.get_closest_marker(name) for name in ("pages", "browser", "production")):
        return False
    return bool(item.get_closest_marker("django_db") or DATABASE_FIXTURES & {*item.fixturenames})


def pytest_collection_modifyitems(config, items):
    if config.getoption("--only-with-database"):
        config.hook.pytest_deselected(items=[item for item in items if not _uses_database(item)])
        items[:] = [item for item in items if _uses_database(item)]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Places, languages, forms, groups and pages are facts: loaded once, kept for every test."""
    bending.let_tests_empty_tables()
    with django_db_blocker.unblock():
        call_command("load_reference")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """What is emptied after a test that commits has the reference data again for the next one."""
    result = yield
    if nextitem is not None and "transactional_db" in item.fixturenames:
        with item.config.stash[blocking_manager_key].unblock():
            call_command("load_reference")
    return result


@pytest.fixture
def committed_db(transactional_db):
    """For tests whose transactions really commit: mail after commit, threads, other processes, browsers."""


@pytest.fixture(scope="session")
def services_required() -> bool:
    """Whether a missing service is a failure and not a reason to skip."""
    return os.environ.get("REQUIRE_SERVICES") == "1"


@pytest.fixture(autouse=True)
def _everything_is_read_anew():
    """What the process knows of the index and of pages must not outlive the database that a test takes back."""
    postings.forget()
    spelling.forget()
    own.forget()
    page_cache.memory.clear()
    caches["cards"].clear()
    translation.deactivate()  # the language of the last request stays otherwise
    assert not logging.getLogger("portal.access").disabled, "an earlier test has switched off the loggers"


@pytest.fixture(autouse=True)
def outbox_first(settings):
    """Mail goes through the outbox as in the portal; Django's test set-up would go around it."""
    settings.EMAIL_BACKEND = "portal.mail.outbox.OutboxBackend"


@pytest.fixture(scope="module")
def kept_world(django_db_setup, django_db_blocker) -> Iterator[World]:
    """One world for all tests of a module: for those that only look at pages, whichever database they come from."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


@pytest.fixture
def need_postgresql():
    """For tests with threads or processes of their own: SQLite in memory is one process's, and locks whole."""
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL; the second run has it")


@pytest.fixture
def organization(db):
    return factories.OrganizationFactory(active=True)


@pytest.fixture
def main_user(organization):
    return factories.MembershipFactory(organization=organization, main_user=True).user


@pytest.fixture
def editor(organization):
    return factories.MembershipFactory(organization=organization).user


@pytest.fixture
def moderator(db):
    return factories.UserFactory(moderator=True)


@pytest.fixture
def stranger(db):
    """Somebody with an organization of their own."""
    return factories.MembershipFactory(main_user=True).user


@pytest.fixture
def draft(organization, editor):
    """A complete draft that no rule stops."""
    return factories.draft(organization, by=editor)


@pytest.fixture
def submitted(draft, editor):
    return factories.submitted(draft, by=editor)


@pytest.fixture
def published(submitted, moderator):
    return factories.published(submitted, by=moderator)


@pytest.fixture
def mailbox(settings):
    """A real SMTP server on loopback; the outbox sends to it."""
    with services.mail_server() as (box, port):
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.POST_OFFICE = {
            **settings.POST_OFFICE,
            "BACKENDS": {"default": "django.core.mail.backends.smtp.EmailBackend"},
        }
        yield box


@pytest.fixture
def redis_url(services_required):
    url = os.environ.get("TEST_REDIS_URL", "")
    if not url:
        if services_required:
            pytest.fail("Redis is missing: install redis-server, or set TEST_REDIS_URL.")
        pytest.skip("needs Redis; set TEST_REDIS_URL")
    # Tests that run at the same time must not find each other's tasks.
    return re.sub(r"/\d+$", "/" + os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"), url)
