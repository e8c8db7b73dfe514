"""Run inside the portal: makes people who may sign in, and says where readers can go. Prints JSON.

`python -m scripts.load.people EDITORS MODERATORS`. Each run makes new people, so that one can follow another.
"""

import json
import os
import sys
import time
from random import Random
from typing import Any

import django

SECTIONS = ("activities",) * 9 + ("professional",)
PAGES = ("rules/", "pages/about/", "pages/accessibility/")
MADE = {"Listing": "synthetic-", "Organization": "esimerkki-"}  # by `make_listings`
WRITTEN = ("fi", "sv", "en", "ru", "ar")
# How many different addresses of each kind readers ask for.
LISTS, SEARCHES, LISTINGS, ORGANIZATIONS, FEEDS, CALENDARS, WEEKS = 400, 400, 700, 200, 60, 60, 60


def people(editors: int, moderators: int) -> dict[str, Any]:
    """Editors with an organization each, and moderators with a second factor; all have one password."""
    from allauth.account.models import EmailAddress
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
    from django.contrib.auth.hashers import make_password
    from django.utils.crypto import get_random_string

    from organizations.models import Membership, Organization, User
    from portal.models import Municipality

    password, run = get_random_string(20), int(time.time())
    hashed = make_password(password)

    def person(number: int, kind: str, **values: Any) -> User:
        user = User.objects.create(
            email=f"{kind}{number}.{run}@example.org", name=f"{kind.title()} {number}", password=hashed, **values
        )
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return user

    made: dict[str, Any] = {"password": password, "editors": [], "moderators": []}
    for number in range(editors):
        organization = Organization.objects.create(
            name_fi=f"Kuormakylän yhdistys {run} {number}",
            slug=f"kuormakyla-{run}-{number}",
            kind="association",
            state=Organization.State.ACTIVE,
            contact_email="info@example.org",
            municipality=Municipality.objects.get(pk="564"),
        )
        user = person(number, "editor")
        Membership.objects.create(
            organization=organization,
            user=user,
            role=Membership.Role.MAIN_USER,
            state=Membership.State.ACTIVE,
        )
        made["editors"].append({"email": user.email, "organization": organization.pk})
    for number in range(moderators):
        user, secret = person(number, "moderator", is_moderator=True), generate_totp_secret()
        TOTP.activate(user, secret)
        made["moderators"].append({"email": user.email, "secret": secret})
    return made


def addresses() -> dict[str, list[str]]:
    """Where readers go, by kind, each list with what is popular first; all languages take turns."""
    from django.conf import settings
    from django.utils.http import urlencode

    from listings.imports.synthetic import words_of
    from listings.models import ActivityForm, Listing, TargetGroup
    from listings.schedule import WEEKDAYS
    from organizations.models import Organization
    from portal.models import Language, Municipality
    from portal.vocabulary import codes, label

    chance = Random(5)  # noqa: S311
    tongues = [code for code, _name in settings.LANGUAGES if not code.endswith("-simple")]
    forms, groups, places = (
        list(model.objects.order_by("pk").values_list("pk", flat=True))
        for model in (ActivityForm, TargetGroup, Municipality)
    )
    spoken = list(Language.objects.order_by("order", "pk").values_list("pk", flat=True))[:20]
    filters: dict[str, list[str]] = {
        "form": forms,
        "target_group": groups,
        "municipality": chance.sample(places, 60),
        "language": spoken,
        "weekday": list(WEEKDAYS),
        "when": ["today", "week", "weekend"],
        "free": ["yes"],
        "evening": ["yes"],
        "childcare": ["yes"],
        "page": [str(number) for number in range(2, 8)],
        "order": ["newest", "soonest"],
    }

    def in_turn(count: int, make: Any) -> list[str]:
        """So many different addresses, in each language as many."""
        found: dict[str, None] = {}
        while len(found) < count:
            found[f"/{tongues[len(found) % len(tongues)]}/{make(tongues[len(found) % len(tongues)])}"] = None
        return list(found)

    def some_list(_language: str, view: str = "") -> str:
        names = chance.sample(list(filters), chance.choice((0, 1, 1, 2, 2, 3)))
        query = urlencode([(name, chance.choice(filters[name])) for name in names])
        return f"{chance.choice(SECTIONS)}/{view}{'?' if query else ''}{query}"

    def some_search(language: str) -> str:
        if chance.random() < 0.3:
            words = label("form", chance.choice(codes("form")), language)
        else:
            written = language if language in WRITTEN else chance.choice(WRITTEN)
            words = " ".join(words_of(written).draw(chance, chance.choice((1, 1, 2))))
        return f"activities/?{urlencode({'words': words})}"

    def slugs(rows: Any, count: int) -> list[str]:
        made = rows.filter(slug__startswith=MADE[rows.model.__name__]).order_by("pk").values_list("slug", flat=True)
        return chance.sample(list(made), count)

    listings = slugs(Listing.objects.public(), LISTINGS)
    homes = slugs(Organization.objects.all(), ORGANIZATIONS)

    def some_feed(name: str) -> str:
        if chance.random() < 0.5:
            return f"activities/{name}?municipality={chance.choice(filters['municipality'])}"
        return f"activities/{chance.choice(listings)}/{name}"

    return {
        "start": [f"/{language}/" for language in tongues],
        "list": in_turn(LISTS, some_list),
        "search": in_turn(SEARCHES, some_search),
        "listing": in_turn(LISTINGS, lambda _: f"activities/{chance.choice(listings)}/"),
        "organization": in_turn(ORGANIZATIONS, lambda _: f"organizations/{chance.choice(homes)}/"),
        "week or map": in_turn(WEEKS, lambda language: some_list(language, chance.choice(("week/", "map/")))),
        "rules or page": in_turn(3 * len(tongues), lambda _: chance.choice(PAGES)),
        "feed": in_turn(FEEDS, lambda _: some_feed("feed.atom")),
        "calendar": in_turn(CALENDARS, lambda _: some_feed("calendar.ics")),
    }


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    from listings.models import Listing

    editors, moderators = map(int, sys.argv[1:])
    told = {"public": Listing.objects.public().count(), **people(editors, moderators), "addresses": addresses()}
    print(json.dumps(told))  # noqa: T201


if __name__ == "__main__":
    main()
