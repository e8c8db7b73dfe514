"""Which terms a public listing has: what the filters ask for, the days it meets, the words it is found by.

A term is a short text with its kind before a colon. `title:` holds the words of titles and of the organization's name,
`word:` all other words; every other kind is a facet, whose postings each process keeps in its memory.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, time

from listings.models import Listing, Version
from portal.texts import texts_of

from .words import index_words

LIVE = "live"
TITLE = "title:"
WORD = "word:"
DAY = "day:"
ENDS = "ends:"
# Before the facet of a version's first form: what it is most of all.
FIRST = "first:"
START = "start:"
NO_TIME = "none"
EVENING_BEGINS = time(17)


def is_word(term: str) -> bool:
    return term.startswith((TITLE, WORD))


def day_term(day: date) -> str:
    return f"{DAY}{day:%Y-%m-%d}"


def start_term(starts: time | None) -> str:
    """By half hours, which is enough for an order within a day."""
    return f"{START}{starts.hour:02}{30 if starts.minute >= 30 else 0:02}" if starts else f"{START}{NO_TIME}"


@dataclass
class Relations:
    """The codes that are related to a version, and the days on which its listing meets."""

    forms: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    municipalities: list[str] = field(default_factory=list)
    regions: list[str] = field(default_factory=list)
    days: list[date] = field(default_factory=list)


def facet_terms(listing: Listing, version: Version, relations: Relations) -> set[str]:
    """What the filters ask for."""
    terms = {
        f"section:{listing.section}",
        f"organization:{listing.organization_id}",
        f"participation:{version.participation}",
        f"price:{version.price_kind}",
        f"level:{version.language_level}",
        f"mode:{version.location_mode}",
        f"audience:{version.audience}",
        start_term(version.starts),
    }
    for kind, values in (
        ("municipality", relations.municipalities),
        ("region", relations.regions),
        ("form", relations.forms),
        ("language", relations.languages),
        ("group", relations.groups),
    ):
        terms |= {f"{kind}:{value}" for value in values}
    terms |= {f"weekday:{day}" for day in version.weekdays} if version.schedule_kind == "weekly" else set()
    terms |= {f"{FIRST}form:{form}" for form in relations.forms[:1]}
    terms |= set(map(day_term, relations.days))
    terms |= {f"is:{name}" for name in ("childcare", "accessible") if getattr(version, name)}
    if version.starts and version.starts >= EVENING_BEGINS:
        terms.add("is:evening")
    if listing.runs_out_on:
        terms.add(f"{ENDS}{listing.runs_out_on:%Y-%m-%d}")
    return terms


def _texts(version: Version) -> Iterator[tuple[str, str]]:
    """All texts that describe it, with their languages. Labels have their words in `labels.py`."""
    for name in Version.TEXT_FIELDS:
        if name != "title":
            yield from version.texts(name).items()
    yield from version.texts("easy_summary").items()
    yield "fi", f"{version.shown_place.venue} {version.shown_place.address}"


def _words(texts: Iterable[tuple[str, str]]) -> set[str]:
    return set().union(*(index_words(text, language) for language, text in texts))


def word_terms(listing: Listing, version: Version) -> set[str]:
    """The words under which it is found. Who arranges it names a listing as its title does, and what is in a title is
    not repeated as a word of its texts.
    """
    names = (*version.texts("title").items(), *texts_of(listing.organization, "name").items())
    titles = _words(names)
    words = _words(_texts(version)) - titles
    return {TITLE + word for word in titles} | {WORD + word for word in words}


def terms_of(listing: Listing, version: Version, relations: Relations) -> set[str]:
    """All terms of a public listing."""
    return {LIVE} | facet_terms(listing, version, relations) | word_terms(listing, version)
