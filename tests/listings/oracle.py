"""A second search without any index: plain queries over the tables, words compared in Python. Slow, and to be believed.

It shares with the search only what a text or a query means (`words.py`, `reading.py`, the labels) and the weights.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from math import log

from django.conf import settings
from django.db.models import Q, QuerySet

from listings.models import Listing, Session, Version
from listings.schedule import weekday_of
from listings.search import NEWEST, RELEVANCE, Result, labels, matching, spelling
from listings.search import postings as index
from listings.search.reading import QueryWord, Reading, Unit, read, respelled
from listings.search.words import index_words, unmarked_forms
from portal.texts import texts_of

PLACE = ("municipality", "region")


def shown(today: date, section: str) -> QuerySet[Listing]:
    """The listings that readers see on a day."""
    return Listing.objects.filter(
        Q(last_session_on__isnull=True) | Q(last_session_on__gte=today),
        section=section,
        organization__state="active",
        withdrawn_at__isnull=True,
        confirmed_on__gte=today - timedelta(days=settings.LISTING_CONFIRMATION_DAYS),
        versions__state="published",
    )


def meeting(today: date, wanted: Callable[[date], bool]) -> set[int]:
    """The listings that meet on a coming day of some kind."""
    rows = Session.objects.filter(on__gte=today, cancelled_at=None).values_list("listing", "on")
    return {listing for listing, day in rows if wanted(day)}


def having(name: str, value: str, today: date) -> set[int]:
    """The listings whose published version has a value of a filter."""
    if name == "weekday":
        return meeting(today, lambda day: weekday_of(day) == value)
    if name == "when":
        ways: dict[str, Callable[[date], bool]] = {
            "today": lambda day: day == today,
            "week": lambda day: day <= today + timedelta(6),
            "weekend": lambda day: day.weekday() >= 5,
        }
        return meeting(today, ways[value])
    by_name: dict[str, Q] = {
        "municipality": Q(municipalities=value),
        "region": Q(municipalities__region=value),
        "participation": Q(participation=value),
        "form": Q(forms=value),
        "language": Q(languages=value),
        "language_level": Q(language_level=value),
        "target_group": Q(target_groups=value),
        "audience": Q(audience=value),
        "free": Q(price_kind="free"),
        "online": Q(location_mode__in=["online", "hybrid"]),
        "childcare": Q(childcare=True),
        "accessible": Q(accessible=True),
        "evening": Q(starts__hour__gte=17),
    }
    return set(Version.objects.filter(by_name[name], state="published").values_list("listing", flat=True))


@dataclass
class Words:
    """The words of one listing: those that name it, and all."""

    titles: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)

    def add(self, texts: Iterable[tuple[str, str]], *, naming: bool = False) -> None:
        for language, text in texts:
            words = index_words(text, language)
            self.texts |= words
            if naming:
                self.titles |= words


class Library:
    """The words and facets of every published listing, read once for many queries."""

    def __init__(self) -> None:
        self.labels: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for facet, language, label in labels._labels():
            self.labels[facet].append((language, label))
        self.words: dict[int, Words] = {}
        self.facets: dict[int, set[str]] = {}
        self.starts: dict[int, int] = {}
        self.first: dict[int, str] = {}
        for version in Version.objects.filter(state="published").select_related("listing__organization"):
            self._add(version)
        self.known = {word for words in self.words.values() for word in words.texts}

    def _add(self, version: Version) -> None:
        naming = {f"form:{row.form_id}" for row in version.form_rows.all()}
        naming |= {f"language:{row.pk}" for row in version.languages.all()}
        naming |= {f"group:{row.pk}" for row in version.target_groups.all()}
        naming |= {f"municipality:{row.pk}" for row in version.municipalities.all()}
        other = {f"region:{row.region_id}" for row in version.municipalities.all()}
        other |= {f"price:{version.price_kind}", f"participation:{version.participation}"}
        other |= {f"mode:{version.location_mode}", f"level:{version.language_level}"}
        other |= {"is:childcare"} if version.childcare else set()
        other |= {"is:accessible"} if version.accessible else set()
        other |= {"is:evening"} if version.starts and version.starts.hour >= 17 else set()
        weekdays = {f"weekday:{day}" for day in version.weekdays} if version.schedule_kind == "weekly" else set()
        words = Words()
        words.add(version.texts("title").items(), naming=True)
        for name in ("summary", "description", "language_support"):
            words.add(version.texts(name).items())
        words.add(texts_of(version.listing.organization, "name").items())
        words.add([("fi", version.venue), ("fi", version.address)])
        for facet in naming:
            words.add(self.labels[facet], naming=True)
        for facet in other | weekdays:
            words.add(self.labels[facet])
        self.words[version.listing_id] = words
        self.facets[version.listing_id] = naming | other
        self.first[version.listing_id] = next((f"form:{row.form_id}" for row in version.form_rows.all()), "")
        half_hour = version.starts.hour * 2 + (version.starts.minute >= 30) if version.starts else 99
        self.starts[version.listing_id] = half_hour


def next_days(today: date) -> dict[int, date]:
    """The next day on which each listing meets."""
    coming = Session.objects.filter(on__gte=today, cancelled_at=None).order_by("-on").values_list("listing", "on")
    return dict(coming)  # the last one told is the next


class Oracle:
    """Answers like `search()`. `newest` has the listings in the order in which they came into the index."""

    def __init__(self, newest: Sequence[int]) -> None:
        self.library = Library()
        self.place = {pk: place for place, pk in enumerate(newest)}
        # What was asked before is remembered: nothing changes while one oracle is asked.
        self.having = cache(having)
        self.next_days = cache(next_days)
        self.shown = cache(lambda today, section: frozenset(shown(today, section).values_list("pk", flat=True)))
        self.with_word = cache(self._with_word)

    def search(
        self,
        words: str,
        filters: Mapping[str, Sequence[str]],
        language: str,
        page: int,
        order: str,
        *,
        section: str,
        per_page: int,
        facets: Mapping[str, Sequence[str]],
        today: date,
    ) -> Result:
        everything = self.shown(today, section)
        reading = read(words, language)
        units, corrections = self._respell(reading, everything)
        scores, text = self._match(units, everything, today) if units else ({}, everything)
        groups: dict[str, set[int]] = defaultdict(set)
        for name, values in filters.items():
            for value in values:
                groups["place" if name in PLACE else name] |= self.having(name, value, today)
        found = text.intersection(*groups.values())
        counts = {}
        for name, values in facets.items():
            group = "place" if name in PLACE else name
            others = text.intersection(*(one for other, one in groups.items() if other != group))
            of_value = {value: len(others & self.having(name, value, today)) for value in values}
            counts[name] = {value: count for value, count in of_value.items() if count}
        ordered = self._order(found, scores, order or (RELEVANCE if units else ""), today)
        ids = ordered[(page - 1) * per_page : page * per_page]
        return Result(list(ids), len(found), counts, corrections)

    def _respell(self, reading: Reading, everything: frozenset[int]) -> tuple[list[Unit], dict[str, str]]:
        """The units with another word where nobody has it: the same without its marks, or one that is near."""
        corrections: dict[str, str] = {}
        for word in self._nowhere(reading, everything):
            near = spelling.nearest_word(word.typed, index.state().generation, reading.languages)
            corrections |= {word.typed: near} if near else {}
        reading = respelled(reading, corrections) if corrections else reading
        units = []
        for unit in reading.units:
            is_plain = not unit.facets and not unit.same
            words = [self._word(word, reading.languages, everything) if is_plain else word for word in unit.words]
            units.append(Unit(tuple(words), unit.facets, unit.same))
        return units, corrections

    def _nowhere(self, reading: Reading, everything: frozenset[int]) -> list[QueryWord]:
        plain = [word for unit in reading.units if not unit.facets and not unit.same for word in unit.words]
        found = [self._word(word, reading.languages, everything) for word in plain]
        return [word for word, one in zip(plain, found, strict=True) if not self.with_word(one, "texts") & everything]

    def _word(self, word: QueryWord, languages: tuple[str, ...], everything: frozenset[int]) -> QueryWord:
        unmarked = QueryWord(word.typed, unmarked_forms(word.typed, languages))
        if not self.with_word(word, "texts") & everything and self.with_word(unmarked, "texts") & everything:
            return unmarked
        return word

    def _match(
        self, units: Sequence[Unit], everything: frozenset[int], today: date
    ) -> tuple[dict[int, float], frozenset[int]]:
        """The score of each listing, and those that fit: all that have every unit, with most of them when few do."""
        met: dict[int, list[set[str]]] = {pk: [self._how(unit, pk, today) for unit in units] for pk in everything}
        counts = [sum(bool(ways[place]) for ways in met.values()) for place in range(len(units))]
        weights = [log((len(everything) + 1) / (count + 1)) + 0.1 for count in counts]
        factors = {
            "title": matching.TITLE_WEIGHT,
            "named": matching.NAMED_WEIGHT,
            "same": matching.SAME_WEIGHT,
            "text": matching.TEXT_WEIGHT,
        }
        scores, fitting, mostly = {}, set(), set()
        for pk, ways in met.items():
            score = had = 0.0
            for found, weight in zip(ways, weights, strict=True):
                for way in ("title", "named", "same", "text"):
                    score = round(score + (factors[way] * weight if way in found else 0), 6)
                had = round(had + bool(found) * weight, 6)
            scores[pk] = score
            if all(ways):
                fitting.add(pk)
            elif any(ways) and had >= matching.ENOUGH * sum(weights):
                mostly.add(pk)
        return scores, frozenset(fitting if len(fitting) >= matching.FEW else fitting | mostly)

    def _how(self, unit: Unit, pk: int, today: date) -> set[str]:
        """How a listing meets a unit: by words of a title, by what the unit names, by words of any text."""
        ways = set()
        if all(pk in self.with_word(word, "titles") for word in unit.words):
            ways.add("title")
        if any(self._is(pk, facet, today) for facet in unit.facets):
            ways.add("named")
        if self.library.first[pk] in unit.facets:
            ways.add("same")
        if any(pk in self.with_word(word, "titles") for word in unit.same):
            ways.add("same")
        has_all = all(pk in self.with_word(word, "texts") for word in unit.words)
        if has_all or any(pk in self.with_word(word, "texts") for word in unit.same):
            ways.add("text")
        return ways

    def _with_word(self, word: QueryWord, where: str) -> set[int]:
        """The listings that have a word in their titles or anywhere."""
        meant = set(word.forms)
        meant.update(known for known in self.library.known if known.startswith(word.beginnings))
        return {pk for pk, words in self.library.words.items() if not meant.isdisjoint(getattr(words, where))}

    def _is(self, pk: int, facet: str, today: date) -> bool:
        kind, _sign, value = facet.partition(":")
        return pk in self.having("weekday", value, today) if kind == "weekday" else facet in self.library.facets[pk]

    def _order(self, found: Set[int], scores: Mapping[int, float], order: str, today: date) -> list[int]:
        next_day = self.next_days(today)

        def soonest(pk: int) -> tuple[date, int]:
            return (next_day[pk], self.library.starts[pk]) if pk in next_day else (date.max, 0)

        newest = sorted(found, key=lambda pk: -self.place[pk])
        if order == NEWEST:
            return newest
        in_time = sorted(newest, key=soonest)
        return sorted(in_time, key=lambda pk: -scores[pk]) if order == RELEVANCE and scores else in_time
