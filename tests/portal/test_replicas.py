"""Who reads from a replica, which replicas count, and what a process remembers of servers that differ."""

import pytest
from django.db import connections, router
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse
from django.utils.translation import override

from listings.models import Listing, SearchState
from listings.search import postings
from portal.replicas import PRIMARY, database_in_use, middleware, reading_from
from portal.replicas.choice import ReplicaRouter
from portal.replicas.course import HEARD_SECONDS, Course, Standing
from tests import factories
from tests.portal.test_settings import start

LIMIT = 5.0


@pytest.fixture
def course():
    return Course(LIMIT)


def test_replica_of_an_idle_primary_stays_right(course):
    replica = Standing(course)
    for second in range(1000):
        course.primary_is_at(100, second)
        replica.is_at(100, 100, second)
    assert replica.is_usable(1000)


def test_replica_that_stands_still_is_left_out_after_the_limit_and_comes_back(course):
    replica = Standing(course)
    for second in range(20):
        course.primary_is_at(100 if second < 10 else 200, second)
        replica.is_at(100, 200, second)
        assert replica.is_usable(second) == (second < 15)
    replica.is_at(200, 200, 20)
    assert replica.is_usable(20)


def test_replica_whose_line_to_the_primary_is_cut_is_left_out(course):
    """It has replayed all that it has received, and knows nothing of the rest."""
    replica = Standing(course)
    for second in range(20):
        course.primary_is_at(second, second)
        replica.is_at(min(second, 3), min(second, 3), second)
    assert not replica.is_usable(19)


def test_while_the_primary_is_away_the_replica_that_has_all_of_it_serves(course):
    right, behind = Standing(course), Standing(course)
    course.primary_is_at(100, 0)
    for second in range(60):
        right.is_at(100, 100, second)
        behind.is_at(90, 100, second)
    assert right.is_usable(60)
    assert not behind.is_usable(60)


def test_process_that_begins_without_the_primary_goes_by_what_replicas_have_received(course):
    right, behind = Standing(course), Standing(course)
    assert not right.is_usable(0)
    right.is_at(100, 100, 0)
    behind.is_at(90, 100, 0)
    assert right.is_usable(0)
    assert not behind.is_usable(0)


def test_replica_that_says_nothing_is_left_out(course):
    replica = Standing(course)
    course.primary_is_at(100, 0)
    replica.is_at(100, 100, 0)
    assert replica.is_usable(HEARD_SECONDS)
    assert not replica.is_usable(HEARD_SECONDS + 1)


def test_position_of_another_primary_that_lacks_the_end_counts(course):
    replica = Standing(course)
    course.primary_is_at(200, 0)
    course.primary_is_at(150, 10)
    replica.is_at(150, 150, 10)
    assert replica.is_usable(10)


def test_reads_go_where_the_request_reads_and_writes_to_the_primary(settings):
    settings.DATABASE_ROUTERS = [ReplicaRouter()]
    with reading_from("replica-1"):
        assert router.db_for_read(Listing) == "replica-1"
        assert Listing.objects.all().db == "replica-1"
        assert Listing.objects.select_for_update().db == PRIMARY
        assert router.db_for_write(Listing) == PRIMARY
    assert router.db_for_read(Listing) == PRIMARY
    assert not router.allow_migrate("replica-1", "listings")


@pytest.fixture
def list_address():
    with override("fi"):
        return reverse("listing_list")


@pytest.fixture
def watched(settings, monkeypatch):
    """One replica that is always right; the test sees on which databases a request was answered."""

    class Watched:
        def __init__(self):
            self.left_out = []

        def usable(self):
            return [name for name in ["replica-1"] if name not in self.left_out]

        def leave_out(self, name):
            self.left_out.append(name)

    settings.REPLICAS = ["replica-1"]
    found = Watched()
    monkeypatch.setattr(middleware, "watch", lambda: found)
    return found


@pytest.mark.parametrize(
    ("method", "name", "session", "database"),
    [
        ("get", "listing_list", "", "replica-1"),
        ("head", "listing_list", "", "replica-1"),
        ("get", "listing_list", "anything", PRIMARY),
        ("post", "listing_list", "", PRIMARY),
        ("get", "desk", "", PRIMARY),
        ("get", "account_login", "", PRIMARY),
    ],
)
def test_only_public_pages_of_visitors_come_from_a_replica(watched, settings, method, name, session, database):
    with override("fi"):
        request = getattr(RequestFactory(), method)(reverse(name))
    if session:
        request.COOKIES[settings.SESSION_COOKIE_NAME] = session
    used = []
    answer = middleware.visitors_read_from_replicas(lambda asked: used.append(database_in_use()) or HttpResponse())
    answer(request)
    assert used == [database]
    assert database_in_use() == PRIMARY


class Silent:
    """A connection to a server that is gone."""

    connection = None
    errors_occurred = True

    def close(self):
        pass


def test_page_that_a_replica_cannot_give_comes_from_the_primary(watched, list_address, monkeypatch):
    monkeypatch.setattr(middleware, "connections", {"replica-1": Silent()})
    used = []

    def page(request):
        used.append(database_in_use())
        return HttpResponse(status=200 if database_in_use() == PRIMARY else 500)

    response = middleware.visitors_read_from_replicas(page)(RequestFactory().get(list_address))
    assert response.status_code == 200
    assert used == ["replica-1", PRIMARY]
    assert watched.left_out == ["replica-1"]


@pytest.mark.django_db
def test_servers_that_differ_share_what_is_the_same_and_neither_gets_the_others_name(monkeypatch):
    """A process that reads the primary and a replica behind it in turn reads nothing twice."""
    factories.public_listing()
    older = postings.snapshot()
    factories.public_listing()
    newer = postings.snapshot()
    assert newer.version > older.version
    at_both = {PRIMARY: (newer.generation, newer.version), "replica-1": (older.generation, older.version)}
    postings._known["replica-1"] = older
    monkeypatch.setattr(postings.freshness, "version", lambda: at_both[database_in_use()])
    monkeypatch.setattr(postings.Posting.objects, "filter", None)  # nothing more is read
    for _turn in range(2):
        assert postings.snapshot() is newer
        with reading_from("replica-1"):
            assert postings.snapshot() is older
    at_both["replica-1"] = at_both[PRIMARY]
    with reading_from("replica-1"):
        assert postings.snapshot() is newer


@pytest.mark.django_db
def test_facets_of_a_newer_server_are_never_the_beginning_of_older_ones(monkeypatch):
    factories.public_listing()
    state = SearchState.objects.get()
    newer = postings.snapshot()
    older = (state.generation, state.version - 1)
    monkeypatch.setattr(postings.freshness, "version", lambda: older)
    postings._known["replica-1"] = newer
    found = postings.snapshot()
    assert found is not newer
    assert found.version == older[1]


def test_replicas_are_named_by_one_setting(tmp_path):
    told = {"DATABASE_URL": "postgres://u@primary/x", "SECRET_KEY": "x"}
    urls = "postgres://u@one/x,postgres://u@two:5433/x"
    show = "s.REPLICAS, [s.DATABASES[name]['HOST'] for name in s.REPLICAS], s.DATABASE_ROUTERS"
    result = start(tmp_path, show, DATABASE_REPLICA_URLS=urls, **told)
    router_path = "portal.replicas.choice.ReplicaRouter"
    assert result.stdout.strip() == str((["replica-1", "replica-2"], ["one", "two"], [router_path])), result.stderr
    for wrong in ({**told, "DATABASE_REPLICA_URLS": "nonsense"}, {"DATABASE_REPLICA_URLS": urls}):
        assert "DATABASE_REPLICA_URLS cannot be read" in start(tmp_path, **wrong).stderr


def test_pool_keeps_the_connections_and_cursors_end_with_the_transaction_behind_a_pooler(tmp_path):
    told = {"DATABASE_URL": "postgres://u@primary/x", "SECRET_KEY": "x"}
    show = "[s.DATABASES['default'][name] for name in ('CONN_MAX_AGE', 'DISABLE_SERVER_SIDE_CURSORS')]"
    assert start(tmp_path, show, **told).stdout.strip() == "[60, False]"
    result = start(tmp_path, show, DATABASE_POOL_SIZE="4", DATABASE_BEHIND_POOLER="true", **told)
    assert result.stdout.strip() == "[0, True]", result.stderr


def test_nothing_is_asked_and_no_router_is_there_without_replicas(settings):
    assert settings.REPLICAS == []
    assert settings.DATABASE_ROUTERS == []
    assert list(connections) == [PRIMARY]
