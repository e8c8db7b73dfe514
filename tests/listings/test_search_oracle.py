"""The search and the oracle give the same listings, totals and counts for some thousand random queries."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.utils import timezone

from listings.forms import ListingFilter
from listings.imports.synthetic import Making
from listings.models import Document, Listing, Session, Version
from listings.search import ORDERS, matching, postings, search
from listings.search.checking import differences
from listings.search.index import refresh_listings
from listings.search.rebuild import rebuild
from listings.search.words import words_in
from portal.languages import LISTING_LANGUAGE_CODES
from portal.replicas import PRIMARY
from portal.vocabulary import codes, labels
from tests import factories
from tests.listings.oracle import Oracle

LISTINGS, QUERIES = 60, 1000
ALPHABET = "aeikltsnåäö"


@pytest.fixture
def many(db, monkeypatch) -> list[int]:
    """Listings of every kind, public or not; those that were published or confirmed first come first."""
    # How many words a beginning may bring is a matter of speed; here every word counts.
    monkeypatch.setattr(matching, "MOST_BEGINNINGS", 10**6)
    # Several segments, as an index of some hundred thousand listings has.
    monkeypatch.setattr(postings, "SEGMENT_BITS", 4)
    list(Making(LISTINGS, seed=4).make())
    chance = Random(5)
    today = timezone.localdate()
    sessions = list(Session.objects.all())
    Session.objects.filter(pk__in=[one.pk for one in chance.sample(sessions, len(sessions) // 5)]).update(
        cancelled_at=timezone.now()
    )
    for version in Version.objects.filter(state="published")[::9]:
        for days in (3, 10):
            Session.objects.create(listing=version.listing, on=today - timedelta(days), weekday="mon")
        Version.objects.create(listing=version.listing, number=2, author=version.author, state="superseded")
    for listing in Listing.objects.public()[::11]:
        Listing.objects.filter(pk=listing.pk).update(last_session_on=today - timedelta(1))
    for version in Version.objects.filter(state="published")[::7]:
        version.title_zh_hans, version.title_ar = "芬兰语会话小组", "نادي اللغة الفنلندية"
        version.save()
    ordered = Listing.objects.public().order_by("confirmed_on", "published_at", "pk")
    return list(ordered.values_list("pk", flat=True))


def some_words(chance: Random, vocabulary: list[str]) -> str:
    """Up to three words: of the listings, begun, misspelled, of labels in any language, or rubbish."""
    words = []
    for _ in range(chance.choice((0, 1, 1, 1, 2, 2, 3))):
        word = chance.choice(vocabulary)
        kind = chance.randrange(8)
        if kind == 0:
            word = word[: chance.randint(3, 8)]
        elif kind == 1:
            place = chance.randrange(len(word))
            word = word[:place] + chance.choice(ALPHABET) + word[place + 1 :]
        elif kind == 2:
            group = chance.choice(("form", "target_group", "weekday", "region", "price"))
            word = chance.choice(list(labels(group, chance.choice(codes(group))).values()))
        elif kind == 3:
            word = chance.choice(("helsinki", "hameenlinna", "Åbo", "ja", "会话", "xyzzy", "арабский", "!", "suomi"))
        words.append(word)
    return " ".join(words)


def some_filters(chance: Random, values: dict[str, tuple[str, ...]]) -> dict[str, list[str]]:
    names = chance.sample(sorted(values), chance.choice((0, 0, 0, 1, 1, 2, 3)))
    return {name: chance.sample(values[name], min(chance.randint(1, 3), len(values[name]))) for name in names}


def queries(count: int, seed: int) -> Iterator[dict[str, Any]]:
    chance = Random(seed)
    filters = ListingFilter({}, section=Listing.ACTIVITY)
    values = {name: tuple(filters.choices_of(name)) for name in (*filters.facets, "municipality", "region")}
    facets = {name: values[name] for name in ("participation", "free", "form", "weekday", "when", "online", "region")}
    texts = Version.objects.values_list("title_fi", "summary_fi", "description_fi", "description_sv", "title_zh_hans")
    vocabulary = sorted({word for row in texts for text in row for word in words_in(text or "")})
    for _ in range(count):
        yield {
            "words": some_words(chance, vocabulary),
            "filters": some_filters(chance, values),
            "language": chance.choice(("fi", "fi", *LISTING_LANGUAGE_CODES)),
            "page": chance.choice((1, 1, 1, 1, 1, 2, 3)),
            "order": chance.choice(("", "", *ORDERS)),
            "section": Listing.ACTIVITY if chance.random() < 0.95 else Listing.PROFESSIONAL,
            "per_page": chance.choice((3, 5, 20)),
            "near": chance.choice(("", "091", "564", "049")),
            "facets": facets if chance.random() < 0.3 else {"form": values["form"]},
            "today": timezone.localdate() + timedelta(days=chance.choice((0, 0, 0, 0, 1, 30, 60, 200))),
        }


def test_search_finds_what_the_tables_say(many):
    assert rebuild() == len(many)
    oracle = Oracle(many)
    hits = respelled = 0
    for query in queries(QUERIES, seed=1):
        expected, found = oracle.search(**query), search(**query)
        assert (found.ids, found.total) == (expected.ids, expected.total), query
        assert found.facets == expected.facets, query
        assert found.corrections == expected.corrections, query
        hits += bool(expected.ids)
        respelled += bool(expected.corrections)
    assert hits > QUERIES / 3
    assert respelled > QUERIES / 50
    assert list(differences()) == []


def test_search_finds_the_same_after_each_listing_came_and_changed(many):
    chance = Random(6)
    listings = Listing.objects.in_bulk(many)
    refresh_listings(listings[pk] for pk in chance.sample(many, len(many)))
    hidden = chance.sample(many, 10)
    Listing.objects.filter(pk__in=hidden).update(withdrawn_at=timezone.now())
    refresh_listings(listings[pk] for pk in hidden)
    shown = [pk for pk in many if pk not in hidden]
    refresh_listings(listings[pk] for pk in shown)
    assert list(Document.objects.order_by("number").values_list("listing", flat=True)) == shown
    oracle = Oracle(shown)
    for query in queries(QUERIES // 4, seed=2):
        expected, found = oracle.search(**query), search(**query)
        assert (found.ids, found.total, found.facets) == (expected.ids, expected.total, expected.facets), query
        assert found.corrections == expected.corrections, query
    assert list(differences()) == []


def test_a_process_that_knows_an_old_index_catches_up(many, monkeypatch):
    rebuild()
    old = postings.snapshot()
    listings = list(Listing.objects.filter(pk__in=many[::3]))
    Listing.objects.filter(pk__in=many[::6]).update(withdrawn_at=timezone.now())
    refresh_listings(listings)
    monkeypatch.setattr(postings, "_known", {PRIMARY: old})
    caught_up = postings.snapshot()
    assert caught_up.version > old.version
    postings.forget()
    assert caught_up.facets == postings.snapshot().facets
    assert old.facets != caught_up.facets


def found_by(words: str) -> list[int]:
    assert list(differences()) == []
    return search(words).ids


def test_search_shows_each_action_at_once(organization, editor, moderator):
    from listings import actions

    listing = factories.public_listing(organization, title={"fi": "Saunailta"}, summary={"fi": "Löylyä."})
    assert found_by("saunailta") == [listing.pk]
    version = actions.open_new_version(listing, by=editor)
    actions.save_answers(version, by=editor, answers={"title": {"fi": "Keittoilta"}})
    actions.submit_version(version, by=editor)
    assert found_by("keittoilta") == []
    actions.take_back_version(version, by=editor)
    assert found_by("saunailta") == [listing.pk]
    version.refresh_from_db()
    factories.published(actions.submit_version(version, by=editor), by=moderator)
    assert found_by("keittoilta") == [listing.pk]
    assert found_by("saunailta") == []
    actions.withdraw_listing(listing, by=editor)
    assert found_by("keittoilta") == []
    actions.restore_listing(listing, by=editor)
    assert found_by("keittoilta") == [listing.pk]


def test_search_drops_what_ran_out_and_shows_it_when_confirmed(published, editor):
    from listings import actions

    listing = published.listing
    last = listing.last_session_on
    assert search(today=last).ids == [listing.pk]
    assert search(today=last + timedelta(1)).ids == []
    long_ago = timezone.localdate() - timedelta(days=200)
    Listing.objects.filter(pk=listing.pk).update(confirmed_on=long_ago)
    refresh_listings([listing])
    assert search().ids == []
    actions.confirm_listing(listing, by=editor)
    assert found_by("") == [listing.pk]
