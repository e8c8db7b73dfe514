"""Beat goes on when its clock was wrong."""

import heapq
from datetime import timedelta
from pathlib import Path

import pytest
from celery.utils.imports import instantiate

from portal.by_the_clock import BEAT_SCHEDULE
from portal.celery import app
from portal.running.beat import GRACE


@pytest.fixture
def scheduler(tmp_path: Path):
    """As `celery beat` makes it, with notes from an hour ahead."""
    made = instantiate(app.conf.beat_scheduler, app=app, schedule_filename=str(tmp_path / "notes"), lazy=True)
    made.setup_schedule()
    for entry in made.schedule.values():
        entry.last_run_at = entry.default_now() + timedelta(hours=1)
    yield made
    made.close()


def test_beat_with_notes_from_an_hour_ahead_goes_on_within_a_minute(scheduler):
    assert scheduler.tick() <= 60
    latest = max(entry.last_run_at - entry.default_now() for entry in scheduler.schedule.values())
    assert latest < GRACE
    # The order is made anew: otherwise what has come first would be looked at alone, for an hour.
    first = heapq.nsmallest(2, scheduler._heap, key=lambda event: event.time)
    assert {event.entry.name for event in first} == {"send-waiting-mail", "seal-audit"}


def test_what_happens_each_minute_does_not_pile_up_through_a_night():
    often = [name for name, entry in BEAT_SCHEDULE.items() if entry["schedule"] == timedelta(minutes=1)]
    assert often
    expiring = {name for name, entry in BEAT_SCHEDULE.items() if entry.get("options", {}).get("expires")}
    assert expiring == set(often), "what happens once a day is done when the night is over"
