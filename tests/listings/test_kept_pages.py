"""Pages that are kept: the second visitor is sent what the first one saw, and nobody is sent what has changed."""

from datetime import timedelta
from gzip import decompress

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from listings import actions, cards
from listings.models import Listing, Session, Version
from organizations.actions import change_organization
from portal import forgiving_cache, freshness, page_cache
from portal.forgiving_cache import ForgivingRedisCache
from portal.models import Page
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _pages_are_kept(settings):
    settings.PAGES_ARE_KEPT = True


def address(name="listing_list", *args, reader="fi"):
    with translation.override(reader):
        return reverse(name, args=args)


def queries(path, client=None, **headers):
    """The answer and how often it asked the database."""
    with CaptureQueriesContext(connection) as asked:
        response = (client or Client()).get(path, headers=headers)
    return response, len(asked)


def headers(response):
    """Those of the page; each answer has an id of its own."""
    return {name: value for name, value in response.headers.items() if name != "X-Request-ID"}


def html(path, client=None):
    return (client or Client()).get(path).content.decode()


@pytest.fixture
def version():
    return factories.public_listing().published_version


@pytest.fixture
def writer(version):
    return version.author


def test_second_visitor_is_sent_the_same_page(version):
    first, _count = queries(address())
    second, count = queries(address())
    assert (second.content, second.headers["ETag"]) == (first.content, first.headers["ETag"])
    assert headers(second) == headers(first)
    assert count == 1
    assert "Kielikahvila kirjastossa" in second.content.decode()


def test_published_listing_is_there_in_the_next_request(version):
    before = html(address())
    factories.public_listing(title={"fi": "Kuoro laulaa"})
    assert "Kuoro laulaa" not in before
    assert "Kuoro laulaa" in html(address())
    assert "Kuoro laulaa" in html(address("listing_detail", Listing.objects.first().slug))


def test_withdrawn_listing_is_gone_in_the_next_request(version, writer):
    pages = [address(), address("organization_detail", version.listing.organization.slug)]
    own = address("listing_detail", version.listing.slug)
    assert all("Kielikahvila" in html(page) for page in (*pages, own))
    actions.withdraw_listing(version.listing, by=writer)
    assert not any("Kielikahvila" in html(page) for page in pages)
    assert Client().get(own).status_code == 404
    actions.restore_listing(version.listing, by=writer)
    assert all("Kielikahvila" in html(page) for page in (*pages, own))


def test_confirmed_listing_shows_its_new_day(version, writer):
    Listing.objects.filter(pk=version.listing_id).update(confirmed_on=timezone.localdate() - timedelta(days=40))
    own = address("listing_detail", version.listing.slug)
    before = html(own)
    actions.confirm_listing(version.listing, by=writer)
    assert html(own) != before


def test_new_version_takes_the_place_of_the_old_one(version, writer, moderator):
    assert "Kielikahvila kirjastossa" in html(address())
    new = actions.open_new_version(version.listing, by=writer)
    actions.save_answers(new, by=writer, answers={"title": {"fi": "Uusi nimi"}})
    assert "Uusi nimi" not in html(address())
    factories.published(factories.submitted(Version.objects.get(pk=new.pk), by=writer), by=moderator)
    page = html(address())
    assert "Uusi nimi" in page
    assert "Kielikahvila kirjastossa" not in page


def test_details_of_the_organization_change_its_page(version, writer):
    organization = version.listing.organization
    path = address("organization_detail", organization.slug)
    assert "https://uusi.example.org" not in html(path)
    main_user = factories.MembershipFactory(organization=organization, main_user=True).user
    change_organization(organization, by=main_user, names=organization.names, website="https://uusi.example.org")
    assert "https://uusi.example.org" in html(path)


def test_text_of_the_operator_changes_in_the_next_request(operator_client):
    row = Page.objects.get(slug="about")
    path = address("page", "about")
    assert "Aivan uusi teksti" not in html(path)
    form = operator_client.get(address("admin:portal_page_change", row.pk)).context["adminform"].form
    data = {name: form.initial.get(name) or "" for name in form.fields}
    assert (
        operator_client.post(
            address("admin:portal_page_change", row.pk), {**data, "body_fi": "Aivan uusi teksti."}
        ).status_code
        == 302
    )
    assert "Aivan uusi teksti" in html(path)


@pytest.fixture
def operator_client():
    client = Client()
    client.force_login(factories.UserFactory(operator=True))
    return client


def test_person_who_signed_in_sees_their_own_page(version, writer):
    html(address())
    client = Client()
    client.force_login(writer)
    response = client.get(address())
    assert address("desk") in response.content.decode()
    assert address("account_logout") in response.content.decode()
    assert "no-store" in response.headers["Cache-Control"]
    assert address("account_logout") not in html(address())
    client.logout()
    assert address("account_logout") not in html(address(), client)


def test_page_of_a_session_is_not_kept(version, writer):
    client = Client()
    client.force_login(writer)
    html(address(), client)
    assert len(page_cache.memory) == 0


def test_visitor_with_another_cookie_gets_kept_pages_but_makes_none(version):
    client = Client()
    client.cookies["csrftoken"] = "x" * 32
    html(address(), client)
    assert len(page_cache.memory) == 0
    html(address())
    assert queries(address(), client)[1] == 1


def test_forms_with_a_token_are_never_kept(db):
    for name in ("account_login", "account_signup", "account_reset_password"):
        Client().get(address(name))
    assert len(page_cache.memory) == 0


def test_languages_do_not_mix(version):
    pages = {reader: html(address(reader=reader)) for reader in ("fi", "sv", "en")}
    again = {reader: html(address(reader=reader)) for reader in ("en", "fi", "sv")}
    assert again == pages
    for reader, page in pages.items():
        assert f'<html lang="{reader}"' in page
    assert "Language café in the library" in pages["en"]
    assert "Language café in the library" not in pages["fi"]


@pytest.mark.parametrize("accepted", ["sv", "en;q=0.9, fi;q=0.1", "fi"])
def test_address_without_a_language_asks_the_browser_each_time(accepted):
    html(address("start"))
    response = Client().get("/", headers={"accept-language": accepted})
    assert f'<html lang="{accepted[:2]}"' in response.content.decode()
    assert "Accept-Language" in response.headers["Vary"]


def test_head_is_answered_from_the_kept_page(version):
    page = Client().get(address())
    with CaptureQueriesContext(connection) as asked:
        response = Client().head(address())
    assert (response.status_code, response.content, len(asked)) == (200, b"", 1)
    assert response.headers["Content-Length"] == str(len(page.content))
    assert response.headers["ETag"] == page.headers["ETag"]


def test_head_alone_keeps_nothing(version):
    assert Client().head(address()).status_code == 200
    assert len(page_cache.memory) == 0


def test_page_that_the_browser_has_is_not_sent_again(version, writer):
    etag = Client().get(address()).headers["ETag"]
    response, count = queries(address(), **{"if-none-match": f'"other", {etag}'})
    assert (response.status_code, response.content, count) == (304, b"", 1)
    assert response.headers["ETag"] == etag
    assert response.headers["Vary"] == "Cookie, Accept-Encoding"
    assert "max-age" in response.headers["Cache-Control"]
    actions.withdraw_listing(version.listing, by=writer)
    response, _count = queries(address(), **{"if-none-match": etag})
    assert response.status_code == 200
    assert "Kielikahvila" not in response.content.decode()


def test_visitor_who_asks_with_a_condition_first_leaves_a_whole_page(version):
    etag = Client().get(address()).headers["ETag"]
    page_cache.memory.clear()
    assert queries(address(), **{"if-none-match": etag})[0].status_code == 304
    response, count = queries(address())
    assert (response.status_code, count) == (200, 1)
    assert "Kielikahvila" in response.content.decode()


def test_browser_that_can_unpack_is_sent_a_tenth(version):
    plain = Client().get(address())
    packed = Client().get(address(), headers={"accept-encoding": "gzip, deflate, br"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Content-Length"] == str(len(packed.content))
    assert decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 4
    for accepted in ("", "br", "gzip;q=0", "identity"):
        response = Client().get(address(), headers={"accept-encoding": accepted})
        assert "Content-Encoding" not in response.headers
        assert response.content == plain.content


@pytest.mark.parametrize(
    "query",
    [
        "form=sports&municipality=564&weekday=mon",
        "weekday=mon&municipality=564&form=sports",
        "municipality=564&form=sports&form=sports&weekday=mon&words=&region=&page=",
        "utm_source=x&form=sports&fbclid=1&municipality=564&weekday=mon&%FF=%FE&a[b]=c",
    ],
)
def test_order_and_rubbish_of_a_query_make_no_new_page(version, query):
    first = html(address() + "?form=sports&municipality=564&weekday=mon")
    assert len(page_cache.memory) == 1
    assert html(f"{address()}?{query}") == first
    assert len(page_cache.memory) == 1
    assert "utm_source" not in first


def test_different_questions_get_different_pages(version):
    pages = {html(address() + query) for query in ("", "?form=sports", "?form=family", "?words=kahvi", "?words=tee")}
    assert len(pages) == 5


def test_wrong_questions_are_not_kept(version):
    assert Client().get(address() + "?municipality=999").status_code == 400
    assert Client().get(address("listing_detail", "not-here")).status_code == 404
    Client().get(address() + "?words=" + "x" * page_cache.LONGEST_QUERY)
    assert len(page_cache.memory) == 0


def test_host_that_is_not_ours_is_refused_a_kept_page_too(version):
    html(address())
    assert Client().get(address(), headers={"host": "evil.example.com"}).status_code == 400


def test_another_day_has_pages_of_its_own(version, monkeypatch):
    html(address())
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda *args: tomorrow)
    assert queries(address())[1] > 1


def test_memory_holds_no_more_than_its_bytes():
    memory = page_cache.Memory(100)
    for number in range(5):
        memory.put((number,), page_cache.KeptPage({}, "", b"x" * 30, b""))
    memory.put((4,), page_cache.KeptPage({}, "", b"x" * 41, b""))
    assert [number for number in range(5) if memory.get((number,))] == [3, 4]
    assert memory.get((4,)).size == 41


def test_posting_does_not_touch_what_is_kept(version):
    page = html(address())
    assert Client().post(address()).status_code == 405
    assert html(address()) == page


def test_version_is_read_once_for_a_page_and_anew_for_the_next(version):
    with CaptureQueriesContext(connection) as asked:
        with freshness.read_once():
            assert freshness.version() == freshness.version()
        freshness.version()
    assert len(asked) == 2


@pytest.fixture
def shared(settings, redis_url):
    """Redis behind the memory of the process."""
    redis = {"BACKEND": "portal.forgiving_cache.ForgivingRedisCache", "LOCATION": redis_url}
    settings.CACHES = {
        **settings.CACHES,
        "pages": {**redis, "KEY_PREFIX": f"page{timezone.now().timestamp()}"},
        "cards": {**redis, "KEY_PREFIX": f"card{timezone.now().timestamp()}"},
    }


def test_other_processes_get_the_page_from_redis(version, writer, shared):
    first = Client().get(address(), headers={"accept-encoding": "gzip"})
    page_cache.memory.clear()  # as in another process
    second, count = queries(address(), **{"accept-encoding": "gzip"})
    assert count == 1
    assert (second.content, headers(second)) == (first.content, headers(first))
    page_cache.memory.clear()
    assert queries(address())[0].content == decompress(first.content)
    actions.withdraw_listing(version.listing, by=writer)
    page_cache.memory.clear()
    assert "Kielikahvila" not in html(address())


def test_clearing_leaves_the_rest_of_redis(shared, redis_url):
    caches["cards"].set_many({str(number): "x" for number in range(3)})
    caches["pages"].set("one", "x")
    caches["cards"].clear()
    assert caches["cards"].get_many(["0", "1", "2"]) == {}
    assert caches["pages"].get("one") == "x"


def test_portal_works_while_redis_is_away(version, settings, monkeypatch):
    warnings: list[str] = []
    monkeypatch.setattr(forgiving_cache.logger, "warning", lambda text, *values: warnings.append(text))
    monkeypatch.setattr(ForgivingRedisCache, "_silent_until", 0.0)
    away = {"BACKEND": "portal.forgiving_cache.ForgivingRedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = {**settings.CACHES, "pages": away, "cards": away}
    assert "Kielikahvila kirjastossa" in html(address())
    assert [text.partition(";")[0] for text in warnings] == ["Redis does not answer"]
    assert caches["cards"].get_many(["x"]) == {}


def test_cards_are_made_once(version):
    made = cards.cards_of([version.listing_id])
    with CaptureQueriesContext(connection) as asked:
        assert cards.cards_of([version.listing_id]) == made
    assert len(asked) == 1
    assert "Kielikahvila kirjastossa" in made[0]
    with translation.override("en"):
        assert "Language café in the library" in cards.cards_of([version.listing_id])[0]
    assert "<h3" in cards.cards_of([version.listing_id], heading="h3")[0]


def test_cards_stand_in_the_order_asked_for_without_the_hidden(version, writer):
    other = factories.public_listing(title={"fi": "Kuoro laulaa"})
    ids = [other.pk, version.listing_id]
    both, reverse_order = cards.cards_of(ids), cards.cards_of(ids[::-1])
    assert "Kuoro" in both[0]
    assert both == reverse_order[::-1]
    actions.withdraw_listing(version.listing, by=writer)
    assert cards.cards_of(ids) == both[:1]
    assert cards.cards_of([]) == []


def test_card_shows_the_meeting_that_is_next_now(version):
    before = cards.cards_of([version.listing_id])
    first = Session.objects.filter(listing=version.listing, on__gte=timezone.localdate()).order_by("on").first()
    Session.objects.filter(pk=first.pk).update(cancelled_at=timezone.now())
    assert cards.cards_of([version.listing_id]) != before
