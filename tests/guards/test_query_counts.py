"""How many queries each list page sends: exactly so many, for one row and for twenty."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organizations.models import Organization
from tests import factories
from tests.guards.world import World, address, client_of

# page: queries for the view and its template together, the session and the person among them; cards are there already
QUERIES = {
    "start": 1,
    "listing_list": 3,
    "professional_list": 3,
    "listing_week": 7,
    "listing_map": 1,
    "organization_detail": 4,
    "listing_list_feed": 6,
    "listing_list_calendar": 7,
    "organization_feed": 5,
    "organization_calendar": 6,
    "sitemap_section": 2,
    "desk": 6,
    "moderation_queue": 14,
    "moderation_rules": 4,
    "organization_people": 4,
}


def _listings(kind: str, **changes: Any) -> Callable[[World, int], None]:
    def make(world: World, count: int) -> None:
        for number in range(count):
            getattr(world.home, kind)(venue=f"Talo {number} {count}", **changes)

    return make


def _professional(world: World, count: int) -> None:
    for _number in range(count):
        world.home._versions.pop("professional", None)
        world.home.version("professional")


def _cases(world: World, count: int) -> None:
    """Submitted versions, waiting organizations and re-checks, a third of each."""
    for number in range(count):
        if number % 3 == 0:
            world.home.changed()
        elif number % 3 == 1:
            factories.OrganizationFactory(state=Organization.State.PENDING)
        else:
            world.home.undecided()


def _decisions(world: World, count: int) -> None:
    for number in range(count):
        world.home.sent_back() if number % 2 else world.home.published()


def _people(world: World, count: int) -> None:
    for number in range(count):
        factories.MembershipFactory(organization=world.home.organization, asked=bool(number % 2))


def _desk(world: World, count: int) -> None:
    for number in range(count):
        world.home.changed() if number % 2 else world.home.draft()


# Their lists hold things of several kinds; the first time there is one of each.
MIXED = {"desk": 2, "moderation_queue": 3, "moderation_rules": 2, "organization_people": 2}

Fill = Callable[[World, int], None]
PAGES: dict[str, tuple[Fill, Callable[[World], Any], str]] = {
    "start": (_listings("published"), lambda world: None, ""),
    "listing_list": (_listings("published"), lambda world: None, ""),
    "professional_list": (_professional, lambda world: None, ""),
    "listing_week": (_listings("published"), lambda world: None, ""),
    "listing_map": (_listings("published"), lambda world: None, ""),
    "organization_detail": (_listings("published"), lambda world: None, "slug"),
    "listing_list_feed": (_listings("published"), lambda world: None, ""),
    "listing_list_calendar": (_listings("published"), lambda world: None, ""),
    "organization_feed": (_listings("published"), lambda world: None, "slug"),
    "organization_calendar": (_listings("published"), lambda world: None, "slug"),
    "sitemap_section": (_listings("published"), lambda world: None, "listings"),
    "desk": (_desk, lambda world: world.home.main_user, ""),
    "moderation_queue": (_cases, lambda world: world.moderator, ""),
    "moderation_rules": (_decisions, lambda world: world.moderator, ""),
    "organization_people": (_people, lambda world: world.home.main_user, "pk"),
}


def queries_of(world: World, page: str) -> list[str]:
    _fill, who, argument = PAGES[page]
    client = client_of(who(world))
    of_organization = argument in ("slug", "pk")
    args = (getattr(world.home.organization, argument) if of_organization else argument,) if argument else ()
    url = address(page, args)
    assert client.get(url).status_code == 200  # its cards are there from now on
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
    assert response.status_code == 200
    return [query["sql"] for query in queries]


def test_every_page_has_its_number():
    assert set(QUERIES) == set(PAGES)


@pytest.mark.parametrize("page", list(PAGES))
def test_page_sends_as_many_queries_for_twenty_rows_as_for_one(world, page):
    fill = PAGES[page][0]
    first = MIXED.get(page, 1)
    fill(world, first)
    few = queries_of(world, page)
    fill(world, 20 - first)
    many = queries_of(world, page)
    assert len(many) == len(few), "\n".join(sorted(set(many) - set(few)))
    assert len(many) == QUERIES[page], "\n".join(many)
