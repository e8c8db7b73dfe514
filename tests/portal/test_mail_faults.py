"""Worker, Redis and mail server die in turn while people work: nothing is lost, and no mail goes twice unnoticed.

What is guaranteed: a mail is handed over at least once, and always with the same Message-ID. It goes twice only when
the worker or the server dies after the server has taken it and before its row says so: one mail for each such death.
"""

import asyncio
import gc
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from threading import Event, Thread

import pytest
from aiosmtpd.controller import Controller
from django.db import connection
from django.utils import timezone
from post_office.models import STATUS, Email

from listings import actions as listing_actions
from listings.confirming import ConfirmationLink
from listings.models import Listing, Version
from listings.tasks import remind_of_listings_to_confirm
from moderation import actions
from moderation.models import Decision
from organizations.models import Organization
from portal.mail.delivery import waiting
from portal.models import AuditEvent
from portal.tasks import send_waiting_mail
from tests import factories
from tests.portal.test_worker import environment, tasks_go_to_redis
from tests.services import Mailbox, free_port

__all__ = ["tasks_go_to_redis"]

WRITING, WAITING = 20, 140  # organizations with listings, and such that wait for a decision themselves
STATES = (Version.State.PUBLISHED, Version.State.RETURNED, Version.State.REJECTED)
DECISIONS = WRITING * len(STATES) + WAITING


class SlowMailbox(Mailbox):
    """As slow as a real one, so that others die while it works."""

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802 (aiosmtpd's name)
        answer = await super().handle_DATA(server, session, envelope)
        await asyncio.sleep(0.01)
        return answer


class Services:
    """The three that can die, each with a way to kill it and to bring it back on the same port."""

    def __init__(self) -> None:
        self.redis_port, self.mail_port = free_port(), free_port()
        self.mailbox = SlowMailbox()
        self.deaths: Counter[str] = Counter()

    @property
    def redis_url(self) -> str:
        return f"redis://127.0.0.1:{self.redis_port}/0"

    def start_redis(self) -> None:
        command = ["redis-server", "--port", str(self.redis_port), "--bind", "127.0.0.1", "--save", ""]
        self.redis = subprocess.Popen(command, stdout=subprocess.DEVNULL)

    def start_worker(self) -> None:
        command = [sys.executable, "-m", "celery", "-A", "portal", "worker", "--pool", "solo", "--without-mingle"]
        self.worker = subprocess.Popen(
            command,
            env={**environment(self.redis_url, self.mail_port), "MAIL_RETRY_SECONDS": "1"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def start_mail(self) -> None:
        self.mail = Controller(self.mailbox, hostname="127.0.0.1", port=self.mail_port)
        self.mail.start()

    def kill(self, name: str) -> None:
        self.deaths[name] += 1
        if name == "mail":
            self.mail.stop()
            return
        process = getattr(self, name)
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=10)

    def start(self, name: str) -> None:
        getattr(self, f"start_{name}")()


@pytest.fixture
def services(services_required):
    if shutil.which("redis-server") is None:
        if services_required:
            pytest.fail("Redis is missing: install redis-server.")
        pytest.skip("needs redis-server")
    found = Services()
    for name in ("redis", "mail", "worker"):
        found.start(name)
    yield found
    for name in ("worker", "redis", "mail"):
        found.kill(name)
    gc.collect()


@pytest.fixture
def redis_url(services):
    return services.redis_url


@pytest.fixture
def schedule():
    """What beat does in the portal, faster: looks after the outbox, and reminds."""
    over = Event()

    def run() -> None:
        while not over.wait(0.5):
            for task in (send_waiting_mail, remind_of_listings_to_confirm):
                with suppress(Exception):  # Redis is away
                    task.delay()

    thread = Thread(target=run)
    thread.start()
    yield
    over.set()
    thread.join()


@pytest.fixture
def faults(services):
    """One after the other dies while mails go, and comes back."""

    def run() -> None:
        for name, away in (("worker", 0), ("mail", 1), ("redis", 1), ("worker", 0)):
            received, deadline = len(services.mailbox.messages), time.monotonic() + 8
            while len(services.mailbox.messages) < received + 5 and time.monotonic() < deadline:
                time.sleep(0.05)
            services.kill(name)
            time.sleep(away)
            services.start(name)

    thread = Thread(target=run)
    thread.start()
    yield thread
    thread.join()


def until(condition, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.2)
    assert condition()


def make_versions() -> list[Version]:
    """For each organization one version for each state that a decision gives."""
    versions = []
    for number in range(WRITING):
        person = factories.MembershipFactory(main_user=True)
        for state in STATES:
            draft = factories.draft(person.organization, by=person.user, venue=f"Talo {number} {state}")
            versions.append(factories.submitted(draft, by=person.user))
    return versions


def make_organizations() -> list[Organization]:
    waiting = factories.OrganizationFactory.create_batch(WAITING)
    for organization in waiting:
        factories.MembershipFactory(organization=organization, main_user=True)
    return waiting


def decide_all(versions: list[Version], organizations: list[Organization]) -> None:
    moderator = factories.UserFactory(moderator=True)
    why = {"by": moderator, "reasons": ["no-referral"], "message": "Kerro tarkemmin."}
    for number, version in enumerate(versions):
        if number % len(STATES) == 0:
            actions.publish(version, by=moderator)
        elif number % len(STATES) == 1:
            actions.send_back(version, **why)
        else:
            actions.reject(version, **why)
    for organization in organizations:
        actions.approve_organization(organization, by=moderator)


@pytest.mark.faults
# Who is killed leaves open what it held, and the collector finds it.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.usefixtures("need_postgresql", "committed_db", "tasks_go_to_redis")
def test_every_mail_arrives_while_worker_redis_and_mail_server_die(services, request):
    versions, organizations = make_versions(), make_organizations()
    request.getfixturevalue("schedule")
    faults = request.getfixturevalue("faults")
    decide_all(versions, organizations)
    # All that readers see runs out in 25 days: the worker reminds, however often it dies.
    public = Listing.objects.filter(versions__state=Version.State.PUBLISHED)
    last = timezone.localdate() - timedelta(days=180 - 25)
    Listing.objects.filter(pk__in=public.values("pk")).update(confirmed_on=last, reminders=0)
    until(lambda: not public.filter(reminders=0).exists(), 25)
    for version in Version.objects.filter(state=Version.State.PUBLISHED).select_related("listing", "author"):
        link = ConfirmationLink(version.listing, version.author, version.pk, last)
        listing_actions.confirm_listing_by_link(link)
    faults.join()
    until(lambda: not waiting().exists(), 30)

    # Every death was a real one, and nothing is lost or half done.
    assert services.deaths == {"worker": 2, "redis": 1, "mail": 1}
    states = {version.pk: STATES[number % len(STATES)] for number, version in enumerate(versions)}
    assert dict(Version.objects.values_list("pk", "state")) == states
    assert set(Organization.objects.values_list("state", flat=True)) == {Organization.State.ACTIVE}
    decided = Counter(Decision.objects.values_list("version", "organization"))
    assert len(decided) == decided.total() == DECISIONS
    assert set(public.values_list("confirmed_on", "reminders")) == {(timezone.localdate(), 0)}
    # Each has its row, each row was sent, and each was received.
    rows = dict(Email.objects.values_list("message_id", "status"))
    assert set(rows.values()) == {STATUS.sent}
    assert AuditEvent.objects.filter(verb="reminded").count() == WRITING
    assert len(rows) == DECISIONS + WRITING
    received = Counter(message["Message-ID"] for message in services.mailbox.messages)
    assert set(received) == set(rows)
    assert received.total() - len(received) <= services.deaths["worker"] + services.deaths["mail"]
    connection.close()
