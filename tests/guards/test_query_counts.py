"""How many queries each list page sends: exactly so many, for one row and for twenty."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from listings import actions
from moderation.models import Duty
from organizations.models import Organization, OrganizationChange
from tests import factories
from tests.guards.world import World, address, client_of

pytestmark = pytest.mark.pages

# page: queries for the view and its template together, the session and the person among them; cards are there already
QUERIES = {
    "start": 1,
    "choose_language": 1,
    "pictures": 1,
    "listing_list": 3,
    "professional_list": 3,
    "listing_week": 7,
    "listing_map": 1,
    "organization_detail": 5,
    "listing_list_feed": 6,
    "listing_list_calendar": 7,
    "organization_feed": 5,
    "organization_calendar": 6,
    "sitemap_section": 2,
    "desk": 8,
    "organization_desk": 12,
    "organization_activity": 10,
    "moderation_queue": 34,
    "moderation_organizations": 4,
    "organization_branches": 6,
    "moderation_rules": 4,
    "organization_people": 8,
    "organization_find": 8,
    "moderation_orphans": 5,
    "moderation_duty": 7,
    "audit_log": 8,
    "listing_history": 13,
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
    """Submitted versions, waiting organizations, new names, reports of readers and re-checks, a fifth of each."""
    for number in range(count):
        if number % 5 == 0:
            world.home.changed()
        elif number % 5 == 1:
            factories.OrganizationFactory(state=Organization.State.PENDING)
        elif number % 5 == 2:
            organization = factories.OrganizationFactory(active=True)
            OrganizationChange.objects.create(organization=organization, names={"fi": "Uusi ry"}, kind="association")
        elif number % 5 == 3:
            world.home.reported("unsuitable")
        else:
            world.home.undecided()


def _organizations(world: World, count: int) -> None:
    factories.OrganizationFactory.create_batch(count)


def _branches(world: World, count: int) -> None:
    """Branches, and others that ask to be."""
    for number in range(count):
        home = world.home.organization
        factories.OrganizationFactory(active=True, **{"asked_parent" if number % 2 else "parent": home})


def _decisions(world: World, count: int) -> None:
    for number in range(count):
        world.home.sent_back() if number % 2 else world.home.published()


def _people(world: World, count: int) -> None:
    for number in range(count):
        factories.MembershipFactory(organization=world.home.organization, asked=bool(number % 2))


def _orphans(world: World, count: int) -> None:
    for _number in range(count):
        factories.MembershipFactory(claimed_at=timezone.now(), claim="Hallitus valitsi minut.")


def _duties(world: World, count: int) -> None:
    """Moderators with regions, each away, with another who stands in."""
    today = timezone.localdate()
    for _number in range(count):
        moderator = factories.UserFactory(moderator=True)
        days = {"away_from": today, "away_until": today}
        Duty.objects.create(moderator=moderator, stand_in=world.judge, **days).regions.set(["17", "19"])


def _desk(world: World, count: int) -> None:
    for number in range(count):
        world.home.changed() if number % 2 else world.home.draft()


def _doors(world: World, count: int) -> None:
    for _number in range(count):
        organization = factories.OrganizationFactory(active=True)
        editor = factories.MembershipFactory(organization=organization, user=world.of_two.main_user).user
        factories.draft(organization, by=editor)


def _history(world: World, count: int) -> None:
    """One listing that is saved again and again."""
    version = world.home.version("draft")
    for number in range(count):
        actions.save_answers(version, by=world.home.editor, answers={"venue": f"Talo {number} {count}"})


# Their lists hold things of several kinds; the first time there is one of each.
MIXED = {
    "organization_desk": 2,
    "organization_activity": 2,
    "audit_log": 2,
    "moderation_queue": 5,
    "organization_branches": 2,
    "moderation_rules": 2,
    "organization_people": 2,
}

Fill = Callable[[World, int], None]
PAGES: dict[str, tuple[Fill, Callable[[World], Any], str]] = {
    "start": (_listings("published"), lambda world: None, ""),
    "choose_language": (_listings("published"), lambda world: None, ""),
    "pictures": (_listings("published"), lambda world: None, "?form=language_club"),
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
    "desk": (_doors, lambda world: world.of_two.main_user, ""),
    "organization_desk": (_desk, lambda world: world.home.main_user, "pk"),
    "organization_activity": (_desk, lambda world: world.home.main_user, "pk"),
    "moderation_queue": (_cases, lambda world: world.moderator, ""),
    "moderation_organizations": (_organizations, lambda world: world.moderator, ""),
    "organization_branches": (_branches, lambda world: world.home.main_user, "pk"),
    "moderation_rules": (_decisions, lambda world: world.moderator, ""),
    "organization_people": (_people, lambda world: world.home.main_user, "pk"),
    "organization_find": (_orphans, lambda world: world.nobody, "?municipality=Oulu"),
    "moderation_orphans": (_orphans, lambda world: world.moderator, ""),
    "moderation_duty": (_duties, lambda world: world.moderator, ""),
    "audit_log": (_desk, lambda world: world.operator, ""),
    "listing_history": (_history, lambda world: world.home.editor, "listing"),
}


def queries_of(world: World, page: str) -> list[str]:
    _fill, who, argument = PAGES[page]
    client = client_of(who(world))
    of_organization = argument in ("slug", "pk")
    if argument.startswith("?"):
        url = address(page) + argument
    else:
        args = (getattr(world.home.organization, argument) if of_organization else argument,) if argument else ()
        if argument == "listing":
            args = (world.home.version("draft").listing_id,)
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
