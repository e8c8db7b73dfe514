"""What Prometheus reads: who may, what is counted, and that no address of a page is in it."""

import json
import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from celery.schedules import crontab
from django.core.mail import send_mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from post_office.models import Email
from prometheus_client.parser import text_string_to_metric_families

from listings.models import Document
from portal.by_the_clock import BEAT_SCHEDULE
from portal.models import TaskRun
from portal.watching import metrics, schedule
from tests import factories

ROOT = Path(__file__).parents[2]
TOKEN = "for-tests-only-0123456789"
RULES = ROOT / "deploy/prometheus/alerts.yml"
DASHBOARD = ROOT / "deploy/grafana/portal.json"
GUIDE = ROOT / "docs/operating/insight.md"


@pytest.fixture(autouse=True)
def _asked_anew(settings):
    settings.METRICS_TOKEN = TOKEN
    metrics.forget()
    yield
    metrics.forget()


def text():
    metrics.forget()
    response = Client().get("/metrics", headers={"authorization": f"Bearer {TOKEN}", "host": "10.1.2.3"})
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    return response.content.decode()


def values():
    """Each sample by its name and the values of its labels, in the order of their names."""
    return {
        (sample.name, *(value for _name, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text())
        for sample in family.samples
    }


def listing_list():
    with translation.override("fi"):
        return reverse("listing_list")


@pytest.mark.parametrize("given", [None, "", "Bearer", "Bearer wrong", f"Basic {TOKEN}", TOKEN, "Bearer ä"])
def test_metrics_do_not_exist_without_the_token(given):
    headers = {} if given is None else {"authorization": given}
    assert Client().get("/metrics", headers=headers).status_code == 404


def test_metrics_do_not_exist_where_no_token_is_set(settings):
    settings.METRICS_TOKEN = ""
    assert Client().get("/metrics", headers={"authorization": "Bearer "}).status_code == 404


def test_requests_are_counted_by_route_and_never_by_address(db):
    before = values()
    Client().get(listing_list(), {"words": "salaisuus"})
    Client().get("/fi/avain-salaisuus/")
    Client().generic("SALAISUUS", listing_list())
    after = values()

    def more(*key):
        return after.get(key, 0) - before.get(key, 0)

    assert more("portal_requests_total", "GET", "listing_list", "2xx") == 1
    assert more("portal_requests_total", "GET", "(none)", "4xx") == 1
    assert more("portal_requests_total", "other", "listing_list", "4xx") == 1
    assert more("portal_request_seconds_count", "listing_list") == 2
    assert "salaisuus" not in text().lower()


def test_kept_page_is_counted_as_found(db, settings):
    settings.PAGES_ARE_KEPT = True
    before = values()
    Client().get(listing_list())
    Client().get(listing_list())
    after = values()
    for found in ("made", "memory"):
        assert after["portal_kept_pages_total", found] - before["portal_kept_pages_total", found] == 1
    requests = "portal_requests_total", "GET", "listing_list", "2xx"
    assert after[requests] - before.get(requests, 0) == 2


def test_what_waits_is_told_with_its_age(published, editor, organization):
    factories.submitted(factories.draft(organization, by=editor), by=editor)
    send_mail("Aihe", "Teksti", None, ["kuka@example.org"])
    Email.objects.update(created=timezone.now() - timedelta(minutes=20))
    seen = values()
    assert seen["portal_moderation_waiting", "version"] == 1
    assert seen["portal_decisions_last_day", "published"] == 1
    assert seen[("portal_mail_waiting",)] == Email.objects.count()
    assert seen[("portal_mail_oldest_seconds",)] >= 1200
    assert seen["portal_part_health", "mail"] == 0.5
    assert seen["portal_part_health", "database"] == 1


def test_listing_that_the_index_lacks_is_told(published):
    assert values()[("portal_index_missing",)] == 0
    Document.objects.all().delete()
    assert values()[("portal_index_missing",)] == 1


def test_figures_are_kept_for_some_seconds(db, django_assert_num_queries):
    text()
    with django_assert_num_queries(0):
        metrics.exposition()


@pytest.fixture
def tasks_run_by_the_clock(settings):
    settings.CELERY_BEAT_SCHEDULE = {
        "send-waiting-mail": {"task": "portal.tasks.send_waiting_mail", "schedule": timedelta(minutes=1)},
        "forget-old-mail": {"task": "portal.tasks.forget_old_mail", "schedule": timedelta(days=1)},
        "forget-old-sessions": {"task": "portal.tasks.forget_old_sessions", "schedule": timedelta(days=1)},
        "check-links": {"task": "listings.tasks.check_links", "schedule": crontab(0, 3, day_of_week="mon")},
        "rebuild-search": {"task": "listings.tasks.rebuild_search", "schedule": crontab(30, 4, day_of_week="sun")},
    }
    settings.REDIS_URL = "redis://127.0.0.1:1/0"


@pytest.mark.usefixtures("tasks_run_by_the_clock")
def test_task_is_late_when_its_time_has_passed(db):
    def late():
        return {one.name for one in schedule.scheduled() if one.is_late}

    assert late() == {"send-waiting-mail"}, "what has never run is late only where it runs all the time"
    now = timezone.now()
    for task, ago in (
        ("portal.tasks.send_waiting_mail", timedelta(minutes=2)),
        ("portal.tasks.forget_old_mail", timedelta(days=2)),
        ("portal.tasks.forget_old_sessions", timedelta(hours=24, minutes=30)),
        ("listings.tasks.check_links", timedelta(hours=1)),
        ("listings.tasks.rebuild_search", timedelta(days=9)),
    ):
        TaskRun.objects.create(task=task, succeeded_at=now - ago)
    assert late() == {"forget-old-mail", "rebuild-search"}


class Request:
    is_eager = False


class Task:
    name = "portal.tasks.forget_old_mail"
    request = Request()


def test_runs_of_a_task_are_written(db):
    for state in ("SUCCESS", "FAILURE", "FAILURE", "RETRY"):
        schedule.task_begins(task_id="1")
        schedule.task_ended(task_id="1", task=Task, state=state)
    run = TaskRun.objects.get()
    assert (run.task, run.failures) == (Task.name, 2)
    assert run.failed_at > run.succeeded_at
    assert next(one for one in schedule.scheduled() if one.name == "forget-old-mail").has_failed
    assert values()["portal_task_failures_total", "forget-old-mail"] == 2


def test_processes_of_one_server_count_together(tmp_path):
    folder = tmp_path / "counts"
    folder.mkdir()
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    environment = {
        **kept,
        "PROMETHEUS_MULTIPROC_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "VAR_DIR": str(tmp_path),
    }

    def run(code):
        command = [sys.executable, "-c", f"from portal.watching import metrics; {code}"]
        done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=True)
        return done.stdout

    count = "metrics.count_request('start', 'GET', 200, 0.01)"
    gone = "from portal.watching import process_counts as p; import os; p.keep_counts_of(os.getpid())"
    run(count)
    run(f"{count}; {gone}")
    run(f"{count}; {gone}")
    assert len(list(folder.glob("counter_*"))) == 2, "one for all that have gone"
    told = run("print(metrics.counts().decode(), end='')")
    assert 'portal_requests_total{method="GET",route="start",status="2xx"} 3.0' in told


def rules():
    return [rule for group in yaml.safe_load(RULES.read_text())["groups"] for rule in group["rules"]]


def dashboard_queries():
    panels = json.loads(DASHBOARD.read_text())["panels"]
    return [target["expr"] for panel in panels for target in panel.get("targets", [])]


# What a portal tells only on PostgreSQL, with Redis, with a folder of backups, or once a task has run
SOMETIMES = {
    "portal_backup_last_timestamp_seconds",
    "portal_database_connections",
    "portal_database_connections_max",
    "portal_task_last_success_timestamp_seconds",
    "portal_tasks_waiting",
}


def test_dashboard_and_alerts_name_only_metrics_that_exist(db):
    Client().get(listing_list())
    told = {family for family, *_labels in values()} | SOMETIMES
    asked = [rule["expr"] for rule in rules()] + dashboard_queries()
    assert len(asked) > 25
    named = {name for expr in asked for name in re.findall(r"\bportal_\w+", expr)}
    assert named <= told, named - told


def test_alerts_name_only_tasks_of_the_clock():
    asked = " ".join(rule["expr"] for rule in rules())
    named = {name for names in re.findall(r'task[!=]~?"([^"]+)"', asked) for name in names.split("|")}
    assert {"seal-audit", "send-waiting-mail"} <= named
    assert named <= set(BEAT_SCHEDULE)


def test_each_alert_says_what_to_do():
    anchors = set(re.findall(r"^#+ (\w+)$", GUIDE.read_text(), re.MULTILINE))
    alerts = [rule for rule in rules() if "alert" in rule]
    assert len(alerts) > 10
    for rule in alerts:
        page, _sign, anchor = rule["annotations"]["runbook"].partition("#")
        assert page == "docs/operating/insight.md"
        assert anchor == rule["alert"].lower()
        assert rule["alert"] in anchors
        assert rule["annotations"]["summary"]
        assert rule["labels"]["severity"] in ("page", "ticket")
