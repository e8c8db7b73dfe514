"""Listings that nobody wrote, as many as one wants, for measuring: varied and uneven as real ones, the same each time.

Rows are written in bulk and not by the actions, which would take hours; what the actions derive (sessions, last day,
address) is derived by the same functions.
"""

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from datetime import date, time, timedelta
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone

from listings.models import ActivityForm, Listing, Session, TargetGroup, Version, VersionForm
from listings.schedule import WEEKDAYS, last_meeting_day, upcoming_days, weekday_of
from organizations.models import Organization, User
from portal.models import Language, Municipality
from portal.texts import set_texts

WORDS_FILE = Path(__file__).parent / "synthetic_words.txt"
LISTINGS_AT_ONCE = 1000
LISTINGS_OF_AN_ORGANIZATION = 20
LANGUAGES_USED = 60
WORDS_KNOWN = 6000
WORDS_IN_DESCRIPTION, WORDS_IN_SENTENCE = 70, 9
# How many of a hundred listings are also written in a language.
ALSO_WRITTEN_IN = {"sv": 12, "en": 25, "ru": 8, "ar": 6}


class Uneven:
    """Draws from a row of things as words are used: the first often, the second half as often, the third a third."""

    def __init__(self, things: Sequence[Any]) -> None:
        self.things = things
        self.weights = list(accumulate(1 / place for place in range(1, len(things) + 1)))

    def draw(self, chance: Random, count: int) -> list[Any]:
        return chance.choices(self.things, cum_weights=self.weights, k=count)

    def some(self, chance: Random, most: int) -> list[Any]:
        """Between one and `most` different ones."""
        return list(dict.fromkeys(self.draw(chance, chance.randint(1, most))))


@cache
def words_of(language: str) -> Uneven:
    """The words of a language with their endings, the commonest first: plain ones, then compounds."""
    kinds: dict[str, list[str]] = {}
    for line in WORDS_FILE.read_text(encoding="utf-8").splitlines():
        name, _sign, words = line.partition(":")
        kinds[name] = words.split()
    endings = ["" if ending == "_" else ending for ending in kinds[f"{language} endings"]]
    compounds = [
        first + last for first in kinds.get(f"{language} first", ()) for last in kinds.get(f"{language} last", ())
    ]
    # By a seed of its own, so that a word's place does not hang on how many listings are made.
    order = Random(language)  # noqa: S311
    plain = [stem + ending for ending in endings for stem in kinds[f"{language} stems"]]
    joined = order.sample(compounds, len(compounds))
    rare = [word + ending for ending in endings for word in joined]
    mixed = order.sample(plain, len(plain))
    return Uneven((mixed[:300] + joined[:300] + mixed[300:] + rare)[:WORDS_KNOWN])


class Making:
    """Makes listings and writes them, some thousand at once. `seed` and the day decide what they are."""

    def __init__(self, count: int, seed: int) -> None:
        self.count = count
        self.chance = Random(seed)  # noqa: S311
        self.today = timezone.localdate()
        self.now = timezone.now()
        self.author = User.objects.system()
        self.first = (Listing.objects.aggregate(last=models.Max("pk"))["last"] or 0) + 1
        order = Random("order")  # noqa: S311
        self.municipalities = Uneven(_in_fixed_order(Municipality, order))
        self.forms = Uneven(_in_fixed_order(ActivityForm, order))
        self.groups = Uneven(_in_fixed_order(TargetGroup, order))
        self.languages = Uneven(
            list(Language.objects.order_by("order", "pk").values_list("pk", flat=True))[:LANGUAGES_USED]
        )
        self.blank = Version(number=1, author=self.author, state=Version.State.PUBLISHED, submitted_at=self.now)
        self.organizations = self._make_organizations()

    def _make_organizations(self) -> list[int]:
        wanted = max(self.count // LISTINGS_OF_AN_ORGANIZATION, 1)
        places = self.municipalities.draw(self.chance, wanted)
        made: list[int] = []
        for start in range(0, wanted, LISTINGS_AT_ONCE):
            rows = [
                Organization(
                    name_fi=f"Esimerkki {self.first + number} ry",
                    slug=f"esimerkki-{self.first + number}",
                    kind="association",
                    state=Organization.State.ACTIVE,
                    contact_email="info@example.org",
                    municipality_id=place,
                )
                for number, place in enumerate(places[start : start + LISTINGS_AT_ONCE], start)
            ]
            made += [row.pk for row in Organization.objects.bulk_create(rows)]
        return made

    def make(self) -> Iterator[int]:
        """Write them; yield how many more are there."""
        for start in range(0, self.count, LISTINGS_AT_ONCE):
            numbers = range(start, min(start + LISTINGS_AT_ONCE, self.count))
            self._write(list(map(self._listing, numbers)))
            yield len(numbers)

    def _listing(self, number: int) -> tuple[Listing, Version, list[date]]:
        chance = self.chance
        version = copy(self.blank)  # a copy, because making one with all its columns takes longer than the rest
        self._write_texts(version)
        self._answer(version)
        days = self._schedule(version)
        listing = Listing(
            organization_id=chance.choice(self.organizations),
            section=Listing.ACTIVITY if chance.random() < 0.97 else Listing.PROFESSIONAL,
            slug=f"synthetic-{self.first + number}",
            published_at=self.now - timedelta(minutes=chance.randrange(60 * 24 * 150)),
            last_session_on=last_meeting_day(version),
        )
        listing.confirmed_on = timezone.localdate(listing.published_at)
        if listing.section == Listing.PROFESSIONAL:
            version.audience = "professionals"
        if chance.random() < 0.15:
            days = self._hide(listing, version, days)
        return listing, version, days

    def _hide(self, listing: Listing, version: Version, days: list[date]) -> list[date]:
        """Withdrawn, not confirmed, or still a draft, a third each."""
        reason = self.chance.randrange(3)
        if reason == 0:
            listing.withdrawn_at = self.now
        elif reason == 1:
            listing.confirmed_on = self.today - timedelta(days=settings.LISTING_CONFIRMATION_DAYS + 5)
        else:
            version.state, version.submitted_at = Version.State.DRAFT, None
            listing.slug = listing.published_at = listing.confirmed_on = listing.last_session_on = None
            return []
        return days

    def _write_texts(self, version: Version) -> None:
        languages = ["fi", *(code for code, share in ALSO_WRITTEN_IN.items() if self.chance.randrange(100) < share)]
        drawn = {
            code: words_of(code).draw(self.chance, WORDS_IN_DESCRIPTION + WORDS_IN_SENTENCE + 3) for code in languages
        }
        set_texts(version, "title", {code: " ".join(words[:3]).capitalize()[:120] for code, words in drawn.items()})
        set_texts(version, "summary", {code: _sentence(words[3:12]) for code, words in drawn.items()})
        set_texts(version, "description", {code: _text(words[12:]) for code, words in drawn.items()})

    def _answer(self, version: Version) -> None:
        chance = self.chance
        version.audience = "immigrants"
        version.aims = ["interaction"]
        version.language_level = chance.choice(("none", "none", "a1", "a2", "b1"))
        version.childcare = chance.random() < 0.15
        version.accessible = chance.random() < 0.5
        version.price_kind = "free" if chance.random() < 0.9 else "fee"
        if version.price_kind == "fee":
            version.fee_amount, version.fee_purpose = chance.randint(1, 10), "materials"
        version.participation = chance.choice(("open", "open", "registration"))
        version.volunteering = version.study = "none"
        version.statutory = version.political = version.religious = False
        version.location_mode = chance.choice(("onsite",) * 8 + ("hybrid", "online"))
        number = chance.randint(1, 80)
        version.venue, version.address = f"Talo {number}", f"Esimerkkikatu {number}"
        version.contact_name, version.contact_email = "Ohjaaja", "ohjaaja@example.org"

    def _schedule(self, version: Version) -> list[date]:
        """Weekly for some weeks, on some days, or all the time; returns the coming days."""
        chance = self.chance
        kind = chance.random()
        if kind < 0.8:
            hour = chance.randint(9, 18)
            version.starts, version.ends = time(hour, chance.choice((0, 30))), time(hour + 2)
        if kind < 0.6:
            version.schedule_kind = "weekly"
            version.weekdays = [chance.choice(WEEKDAYS)]
            version.last_date = self.today + timedelta(days=7 * chance.randint(6, 10) - 1)
        elif kind < 0.8:
            version.schedule_kind = "dates"
            version.dates = sorted(
                (self.today + timedelta(days=day)).isoformat()
                for day in chance.sample(range(120), chance.randint(2, 5))
            )
        else:
            version.schedule_kind = "continuous"
        return upcoming_days(version, self.today)

    @transaction.atomic
    def _write(self, made: list[tuple[Listing, Version, list[date]]]) -> None:
        chance = self.chance
        Listing.objects.bulk_create([listing for listing, _version, _days in made])
        for listing, version, _days in made:
            version.listing = listing
        versions = Version.objects.bulk_create([version for _listing, version, _days in made], batch_size=200)
        _insert(
            VersionForm,
            ("version_id", "form_id", "position"),
            (
                (version.pk, form, place)
                for version in versions
                for place, form in enumerate(self.forms.some(chance, 2))
            ),
        )
        self._link("target_groups", "targetgroup_id", self.groups, 3, versions)
        self._link("languages", "language_id", self.languages, 4, versions)
        on_site = [version for version in versions if version.location_mode != "online"]
        self._link("municipalities", "municipality_id", self.municipalities, 1, on_site)
        day_of, time_of = connection.ops.adapt_datefield_value, connection.ops.adapt_timefield_value
        _insert(
            Session,
            ("listing_id", "on", "weekday", "starts", "ends"),
            (
                (listing.pk, day_of(day), weekday_of(day), time_of(version.starts), time_of(version.ends))
                for listing, version, days in made
                for day in days
            ),
        )

    def _link(self, field: str, column: str, values: Uneven, most: int, versions: Sequence[Version]) -> None:
        rows = ((version.pk, value) for version in versions for value in values.some(self.chance, most))
        _insert(getattr(Version, field).through, ("version_id", column), rows)


def _insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Insert many small rows, which takes the ORM most of the time."""
    quote = connection.ops.quote_name
    names, places = ", ".join(map(quote, columns)), ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})", list(rows))


def _in_fixed_order(model: type[models.Model], order: Random) -> list[Any]:
    keys = list(model._default_manager.order_by("pk").values_list("pk", flat=True))
    return order.sample(keys, len(keys))


def _sentence(words: Sequence[str]) -> str:
    return " ".join(words).capitalize() + "."


def _text(words: Sequence[str]) -> str:
    starts = range(0, len(words), WORDS_IN_SENTENCE)
    return " ".join(_sentence(words[start : start + WORDS_IN_SENTENCE]) for start in starts)
