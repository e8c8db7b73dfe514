"""A second click and a lost race: a message, and no second effect."""

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from portal.models import AuditEvent
from tests.guards.access_matrix import ARGUMENTS, MATRIX
from tests.guards.rows import all_rows, what_changed
from tests.guards.world import ROLES, World, address, client_of

# What may be done twice, because the second time says the same thing again: only its trace is written again.
SAYS_THE_SAME_AGAIN = {"account_settings", "account_mail", "listing_step", "listing_confirm"}

# What leaves no event in the audit, and why.
UNTRACED = {
    "queue_view_save": "a moderator's own name for a part of the queue; nobody else sees it",
    "queue_view_delete": "the same",
}

DONE_BY_POSTING = [name for name, one in MATRIX.items() if "did" in one.post.values()]


def messages_of(response: Any) -> list[str]:
    return [message.level_tag for message in get_messages(response.wsgi_request)]


def posting(world: World, name: str) -> tuple[Client, str, dict[str, Any]]:
    entry = MATRIX[name]
    role = next(role for role, answer in entry.post.items() if answer == "did")
    user, home = ROLES[role](world)
    return client_of(user), address(name, ARGUMENTS[entry.what](world, home)), entry.data


@pytest.mark.parametrize("name", DONE_BY_POSTING)
def test_first_click_leaves_an_event_and_the_second_has_no_effect(world, name):
    client, url, data = posting(world, name)
    before, events_before = all_rows(), AuditEvent.objects.count()
    assert client.post(url, data).status_code == 302
    first = all_rows()
    assert what_changed(before, first)
    events = AuditEvent.objects.count()
    assert events == events_before if name in UNTRACED else events > events_before
    second = client.post(url, data)
    # On with a message, or the form again with what is wrong now.
    assert second.status_code in (302, 422)
    changed = what_changed(first, all_rows())
    if name in SAYS_THE_SAME_AGAIN:
        changed = [
            label for label in changed if label not in ("portal.AuditEvent", "listings.Version", "listings.VersionForm")
        ]
        assert AuditEvent.objects.count() == events + 1
    assert changed == []


def test_every_exception_is_still_needed():
    assert set(DONE_BY_POSTING) >= SAYS_THE_SAME_AGAIN | set(UNTRACED)
    assert len(DONE_BY_POSTING) >= 18


# Pairs of decisions about the same thing: whoever comes second is told so.
VERSION = ("version_publish", "version_return", "version_reject")
RECHECK = ("recheck_keep", "recheck_take_down")
ORGANIZATION = ("organization_approve", "organization_decline")
SUSPENSION = ("organization_suspend", "organization_merge")
CHANGE = ("organization_change_accept", "organization_change_decline", "organization_change_withdraw")
BRANCH = ("branch_accept", "branch_release")
REQUEST = ("membership_accept", "membership_decline")
INVITATION = ("invitation_accept", "invitation_decline", "invitation_withdraw")
CLAIM = ("claim_accept", "claim_decline")
REPORT = ("report_changed", "report_right")
REPORT_TO_MODERATORS = ("report_keep", "report_take_down")
LISTING = ("listing_take_back",)
PAIRS = [
    *product(VERSION, VERSION),
    *product(ORGANIZATION, ORGANIZATION),
    *product(RECHECK, RECHECK),
    *product(SUSPENSION, SUSPENSION),
    *product(CHANGE, CHANGE),
    *product(REQUEST, REQUEST),
    *product(INVITATION, INVITATION),
    *product(CLAIM, CLAIM),
    *product(REPORT, REPORT),
    *product(REPORT_TO_MODERATORS, REPORT_TO_MODERATORS),
]
PAIRS += [*product(VERSION, LISTING), *product(LISTING, VERSION)]


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_whoever_decides_second_is_told_and_changes_nothing(world, first, second):
    one, first_url, first_data = posting(world, first)
    other, second_url, second_data = posting(world, second)
    assert one.post(first_url, first_data).status_code == 302
    between = all_rows()
    response = other.post(second_url, second_data)
    assert response.status_code == 302
    assert messages_of(response) == ["warning"] or messages_of(response)[-1] == "warning"
    assert what_changed(between, all_rows()) == []


OPPOSITES: dict[str, Callable[[World], Any]] = {
    "listing_withdraw": lambda world: world.home.version("withdrawn"),
    "listing_restore": lambda world: world.home.version("published"),
    "listing_confirm": lambda world: world.home.version("draft"),
    "listing_pause": lambda world: world.home.version("withdrawn"),
    "listing_end_break": lambda world: world.home.version("published"),
    "listing_submit": lambda world: world.home.version("submitted"),
    "listing_take_back": lambda world: world.home.version("draft"),
    "listing_step": lambda world: world.home.version("submitted"),
}


@pytest.mark.parametrize("name", list(OPPOSITES))
def test_action_that_no_longer_fits_is_a_message(world, name):
    version = OPPOSITES[name](world)
    client = client_of(world.home.editor)
    args = (version.listing_id, "what") if name == "listing_step" else (version.listing_id,)
    before = all_rows()
    response = client.post(address(name, args), MATRIX[name].data)
    assert response.status_code == 302
    assert messages_of(response) == ["warning"]
    assert what_changed(before, all_rows()) == []
