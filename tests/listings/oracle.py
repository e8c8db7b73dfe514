"""A second search without any index: plain queries over the tables, words compared in Python. Slow, and to be believed.

It shares with the search only what a text or a query means (`words.py`, `reading.py`, the labels) and the weights.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from math import inf, log

from django.conf import settings
from django.db.models import Q, QuerySet

from listings.models import Listing, Session, Version
from listings.schedule import weekday_of
from listings.search import NEAREST, NEWEST, RELEVANCE, Result, labels, matching, spelling
from listings.search import postings as index
from listings.search.reading import QueryWord, Reading, Unit, read, respelled
from listings.search.words import index_words, unmarked_forms
from portal.distances import kilometres
from portal.texts import texts_of

PLACE = ("municipality", "region")
CLOSE = {"close"}


def shown(today: date, section: str) -> QuerySet[Listing]:
    """The listings that readers see on a day."""
    return Listing.objects.filter(
        Q(last_session_on__isnull=True) | Q(last_session_on__gte=today),
        section=section,
        organization__state="active",
        withdrawn_at__isnull=True,
        hidden_at__isnull=True,
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
    """The words of one listing: of its titles, of the labels that name it, of all its texts, and of all labels."""

    titles: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)
    labels: set[str] = field(default_factory=set)

    def add(self, texts: Iterable[tuple[str, str]], *kinds: str) -> None:
        for language, text in texts:
            words = index_words(text, language)
            for kind in kinds:
                getattr(self, kind).update(words)


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
        self.known = {word for words in self.words.values() for word in words.texts | words.labels}

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
        words.add(version.texts("title").items(), "titles", "texts")
        for name in ("summary", "description", "language_support", "easy_summary"):
            words.add(version.texts(name).items(), "texts")
        words.add(texts_of(version.listing.organization, "name").items(), "titles", "texts")
        words.add([("fi", version.venue), ("fi", version.address)], "texts")
        for facet in naming:
            words.add(self.labels[facet], "names", "labels")
        for facet in other | weekdays:
            words.add(self.labels[facet], "labels")
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
        self.meeting_in = cache(lambda days, today: meeting(today, lambda day: day == today + timedelta(days)))
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
        near: str,
        facets: Mapping[str, Sequence[str]],
        today: date,
    ) -> Result:
        everything = self.shown(today, section)
        reading = read(words, language)
        units, corrections = self._respell(reading, everything, today)
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
        ordered = self._order(found, scores, order or (RELEVANCE if units else ""), near, today)
        ids = ordered[(page - 1) * per_page : page * per_page]
        return Result(list(ids), len(found), counts, corrections)

    def _respell(self, reading: Reading, everything: frozenset[int], today: date) -> tuple[list[Unit], dict[str, str]]:
        """The units with another word where nobody has it: the same without its marks, or one that is near."""

        def leads_on(word: str) -> bool:
            units = self._unmarked(read(word, reading.languages[0]), everything)
            return any(self._how(unit, pk, today) - CLOSE for unit in units for pk in everything)

        corrections: dict[str, str] = {}
        for word in self._nowhere(reading, everything):
            near = spelling.nearest_word(word.typed, index.state().generation, reading.languages, leads_on)
            corrections |= {word.typed: near} if near else {}
        return self._unmarked(respelled(reading, corrections) if corrections else reading, everything), corrections

    def _unmarked(self, reading: Reading, everything: frozenset[int]) -> list[Unit]:
        """The units with words without their marks where only these are found."""
        units = []
        for unit in reading.units:
            is_plain = not unit.facets and not unit.same
            words = [self._word(word, reading.languages, everything) if is_plain else word for word in unit.words]
            units.append(replace(unit, words=tuple(words)))
        return units

    def _nowhere(self, reading: Reading, everything: frozenset[int]) -> list[QueryWord]:
        plain = [word for unit in reading.units if not unit.facets and not unit.same for word in unit.words]
        found = [self._word(word, reading.languages, everything) for word in plain]
        return [word for word, one in zip(plain, found, strict=True) if not self._anywhere(one) & everything]

    def _word(self, word: QueryWord, languages: tuple[str, ...], everything: frozenset[int]) -> QueryWord:
        unmarked = QueryWord(word.typed, unmarked_forms(word.typed, languages), (), word.tells)
        if not self._anywhere(word) & everything and self._anywhere(unmarked) & everything:
            return unmarked
        return word

    def _anywhere(self, word: QueryWord) -> set[int]:
        return self.with_word(word, "texts") | self.with_word(word, "labels")

    def _match(
        self, units: Sequence[Unit], everything: frozenset[int], today: date
    ) -> tuple[dict[int, float], frozenset[int]]:
        """The score of each listing, and those that fit: all that have every unit, with most of them when few do."""
        met: dict[int, list[set[str]]] = {pk: [self._how(unit, pk, today) for unit in units] for pk in everything}
        asking = [place for place in range(len(units)) if any(ways[place] for ways in met.values())]
        worth = [matching.LANGUAGE if units[place].is_language else 1 for place in asking or range(len(units))]
        met = {pk: [ways[place] for place in asking or range(len(units))] for pk, ways in met.items()}
        counts = [sum(bool(ways[place] - CLOSE) for ways in met.values()) for place in range(len(asking or units))]
        weights = [
            (log((len(everything) + 1) / (count + 1)) + 0.1) * factor
            for count, factor in zip(counts, worth, strict=True)
        ]
        scores, fitting, mostly = {}, set(), set()
        for pk, ways in met.items():
            score = had = 0.0
            for found, weight in zip(ways, weights, strict=True):
                for way, factor in matching.WEIGHTS.items():
                    score = round(score + (factor * weight if way in found else 0), 6)
                had = round(had + (bool(found - CLOSE) or matching.WEIGHTS["close"] * len(found)) * weight, 6)
            scores[pk] = score
            if all(found - CLOSE for found in ways):
                fitting.add(pk)
            elif any(ways) and had >= matching.ENOUGH * sum(weights):
                mostly.add(pk)
        return scores, frozenset(fitting if len(fitting) >= matching.FEW else fitting | mostly)

    def _how(self, unit: Unit, pk: int, today: date) -> set[str]:
        """How a listing meets a unit: by words of a title, by what the unit names, by words of any text."""
        telling = unit.telling
        is_named = any(self._is(pk, facet, today) for facet in unit.facets)
        says = any(pk in self.with_word(word, "texts") for word in unit.same)
        ways = {
            "titles": self._has(pk, telling, "titles"),
            "named": is_named,
            "first": self.library.first[pk] in unit.facets,
            "same": any(pk in self.with_word(word, "titles") for word in unit.same),
            "texts": says or self._has(pk, telling, *(("texts",) if unit.facets else ("texts", "labels"))),
            "close": any(self._is(pk, facet, today) for facet in unit.close),
        }
        if unit.is_place:
            ways["close"] |= ways["titles"] or ways["same"] or ways["texts"]
            ways |= {way: ways[way] and is_named for way in ("titles", "same", "texts")}
        elif unit.facets:
            ways["named"] |= ways["titles"]
        else:
            ways["named"] |= ways["same"] or self._has(pk, telling, "titles", "names")
        return {way for way, is_so in ways.items() if is_so}

    def _has(self, pk: int, words: Sequence[QueryWord], *kinds: str) -> bool:
        """Whether a listing has all of the words, each in any of the kinds."""
        return bool(words) and all(any(pk in self.with_word(word, kind) for kind in kinds) for word in words)

    def _with_word(self, word: QueryWord, where: str) -> set[int]:
        """The listings that have a word in their titles or anywhere."""
        meant = set(word.forms)
        meant.update(known for known in self.library.known if known.startswith(word.beginnings))
        return {pk for pk, words in self.library.words.items() if not meant.isdisjoint(getattr(words, where))}

    def _is(self, pk: int, facet: str, today: date) -> bool:
        kind, _sign, value = facet.partition(":")
        if kind == "weekday":
            return pk in self.having("weekday", value, today)
        if kind == "time":
            first, last = (limit.hour * 2 for limit in matching.TIMES[value])
            return first <= self.library.starts[pk] < last
        if kind == "in":
            return pk in self.meeting_in(int(value), today)
        return facet in self.library.facets[pk]

    def _distance(self, pk: int, near: str) -> tuple[float, str]:
        """How far the nearest of a listing's municipalities is; nothing is farther than what is in none."""
        places = [facet.partition(":")[2] for facet in self.library.facets[pk] if facet.startswith("municipality:")]
        return min(((kilometres(near, place), place) for place in places if near), default=(inf, ""))

    def _order(self, found: Set[int], scores: Mapping[int, float], order: str, near: str, today: date) -> list[int]:
        next_day = self.next_days(today)

        def soonest(pk: int) -> tuple[date, int]:
            return (next_day[pk], self.library.starts[pk]) if pk in next_day else (date.max, 0)

        newest = sorted(found, key=lambda pk: -self.place[pk])
        if order == NEWEST:
            return newest
        in_time = sorted(newest, key=soonest)
        if order == NEAREST:
            return sorted(in_time, key=lambda pk: self._distance(pk, near))
        return sorted(in_time, key=lambda pk: -scores[pk]) if order == RELEVANCE and scores else in_time
