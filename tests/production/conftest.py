"""One production set-up for all tests of this folder, its mailbox, and a way into its database from the test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import environ
import pytest
from django.conf import global_settings
from django.db import connections
from django.db.utils import load_backend

from scripts.production import Production
from scripts.production.machine import Missing, program
from tests.browser.conftest import chromium  # noqa: F401 (a fixture)
from tests.browser.visitor import Visitor
from tests.services import Mailbox, mail_server


@pytest.fixture(scope="session")
def programs(services_required) -> None:
    """PostgreSQL, Redis, nginx and openssl are installed."""
    try:
        for name in ("postgres", "redis-server", "nginx", "openssl"):
            program(name)
    except Missing as error:
        pytest.fail(str(error)) if services_required else pytest.skip(str(error))


@pytest.fixture(scope="session")
def production_mailbox(programs) -> Iterator[tuple[Mailbox, int]]:
    with mail_server() as (mailbox, port):
        yield mailbox, port


@pytest.fixture(scope="session")
def production(production_mailbox) -> Iterator[Production]:
    """The whole set-up; nothing of it may be left at the end."""
    _mailbox, port = production_mailbox
    production = Production(email_url=f"smtp://127.0.0.1:{port}", fsync=False)
    with production:
        yield production
    assert left_over(production.folder) == []
    assert not production.folder.exists()


@pytest.fixture
def mailbox(production_mailbox) -> Mailbox:
    """What the mail server of the set-up gets from now on."""
    box, _port = production_mailbox
    box.messages.clear()
    return box


@pytest.fixture
def production_database(production, settings, django_db_blocker) -> Iterator[None]:
    """The models of this process read and write the database of the set-up, and make passwords that it knows."""
    settings.PASSWORD_HASHERS = global_settings.PASSWORD_HASHERS
    own = connections["default"]
    address = environ.Env.db_url_config(production.database_url)
    address["PASSWORD"] = production.database_password
    there = load_backend(address["ENGINE"]).DatabaseWrapper({**own.settings_dict, "OPTIONS": {}, **address}, "default")
    with django_db_blocker.unblock():
        connections["default"] = there
        try:
            yield
        finally:
            there.close()
            connections["default"] = own


@pytest.fixture
def new_visitor(chromium, production) -> Iterator[Callable[..., Visitor]]:  # noqa: F811
    """Makes people with a browser, who do not mind that nobody has signed the certificate."""
    visitors: list[Visitor] = []

    def make(*, width: int = 1280, scripts: bool = True) -> Visitor:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=scripts,
            reduced_motion="reduce",
            ignore_https_errors=True,
        )
        context.set_default_timeout(20_000)
        visitors.append(Visitor(context, production.url, has_scripts=scripts))
        return visitors[-1]

    yield make
    for visitor in visitors:
        visitor.context.close()


def left_over(folder: Path) -> list[str]:
    """Processes that still work in a folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            where = (process / "cwd").readlink()
            command = (process / "cmdline").read_text().replace("\0", " ")
        except OSError:
            continue
        if where.is_relative_to(folder) or str(folder) in command:
            found.append(command or process.name)
    return found
