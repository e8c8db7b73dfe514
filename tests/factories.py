"""Rows for tests. Listings go through the actions, so that no test stands on a state that the portal cannot reach."""

from datetime import time, timedelta
from typing import Any

import factory
from allauth.account.models import EmailAddress
from django.utils import timezone

from listings import actions as listing_actions
from listings.models import Listing, Version
from moderation import actions as moderation_actions
from organizations.models import Membership, Organization, User
from portal.models import Municipality

PASSWORD = "correct horse battery"  # noqa: S105


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        moderator = factory.Trait(is_moderator=True)
        operator = factory.Trait(is_staff=True, is_superuser=True)

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Person {n}")
    preferred_language = "en"

    @factory.post_generation
    def password(self, create: bool, extracted: str | None, **kwargs: Any) -> None:
        self.set_password(extracted or PASSWORD)
        self.save()
        EmailAddress.objects.get_or_create(user=self, email=self.email, defaults={"verified": True, "primary": True})


class OrganizationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organization
        skip_postgeneration_save = True

    class Params:
        active = factory.Trait(state=Organization.State.ACTIVE)

    name_fi = factory.Sequence(lambda n: f"Testikylän asukasyhdistys {n} ry")
    kind = "association"
    contact_email = "info@example.org"
    municipality = factory.LazyFunction(lambda: Municipality.objects.get(pk="564"))

    slug = factory.Sequence(lambda n: f"testikylan-asukasyhdistys-{n}")


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    class Params:
        main_user = factory.Trait(role=Membership.Role.MAIN_USER)
        asked = factory.Trait(state=Membership.State.ASKED)

    organization = factory.SubFactory(OrganizationFactory, active=True)
    user = factory.SubFactory(UserFactory)
    role = Membership.Role.EDITOR
    state = Membership.State.ACTIVE


def answers(**changes: Any) -> dict[str, Any]:
    """Everything that a complete listing answers: a weekly language café in Oulu that no rule stops."""
    today = timezone.localdate()
    return {
        "title": {"fi": "Kielikahvila kirjastossa", "en": "Language café in the library"},
        "summary": {"fi": "Puhutaan suomea yhdessä.", "en": "We speak Finnish together."},
        "description": {"fi": "Juomme kahvia ja juttelemme.", "en": "We drink coffee and talk."},
        "language_support": {},
        "forms": ["language_club"],
        "aims": ["interaction"],
        "target_groups": ["everyone"],
        "languages": ["fi", "en"],
        "language_level": "none",
        "audience": "immigrants",
        "childcare": False,
        "accessible": True,
        "welcome": "volunteer",
        "price_kind": "free",
        "fee_amount": None,
        "fee_purpose": "",
        "participation": "open",
        "volunteering": "none",
        "study": "none",
        "statutory": False,
        "political": False,
        "religious": False,
        "schedule_kind": "weekly",
        "weekdays": ["mon"],
        "dates": [],
        "starts": time(17, 0),
        "ends": time(18, 30),
        "first_date": None,
        "last_date": today + timedelta(days=90),
        "location_mode": "onsite",
        "municipalities": ["564"],
        "venue": "Pääkirjasto",
        "address": "Kirjastokatu 1",
        "postal_code": "90100",
        "contact_name": "Ohjaaja",
        "contact_email": "ohjaaja@example.org",
        "contact_phone": "",
        "contact_url": "",
        **changes,
    }


def draft(organization: Organization, *, by: User, section: str = Listing.ACTIVITY, **changes: Any) -> Version:
    return listing_actions.start_listing(organization, by=by, section=section, answers=answers(**changes))


def submitted(version: Version, *, by: User) -> Version:
    return listing_actions.submit_version(version, by=by)


def published(version: Version, *, by: User) -> Version:
    moderation_actions.publish(version, by=by)
    version.refresh_from_db()
    return version


def public_listing(organization: Organization | None = None, **changes: Any) -> Listing:
    """A listing that readers see, made by an editor and a moderator of its own."""
    organization = organization or OrganizationFactory(active=True)
    editor = MembershipFactory(organization=organization).user
    version = submitted(draft(organization, by=editor, **changes), by=editor)
    return published(version, by=UserFactory(moderator=True)).listing
