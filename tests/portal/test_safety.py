"""Headers, cookies and limits of every answer."""

import re
from datetime import timedelta
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
import yaml
from allauth.core.internal import ratelimit
from django.core.cache import cache, caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import get_resolver
from django.utils import timezone

from portal.forgiving_cache import ForgivingRedisCache
from portal.security_headers import HEADERS, NOT_USED, policy
from tests.guards.access_matrix import ARGUMENTS, MATRIX
from tests.guards.markup import read
from tests.guards.markup_rules import faults_of
from tests.guards.sights import SIGHTS
from tests.guards.world import World, address, client_of
from tests.portal.test_settings import start

API = Path(__file__).parents[2] / "docs" / "api.yml"
# Views with a policy of their own, which begins as strictly.
STRICTER = {"logo": "default-src 'none'; sandbox"}
LOOSER = {
    "operator_mail_sample": policy(frame_src="'self'"),  # shows the mail in a frame
    "operator_mail_html": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-popups",
}
# What strangers may post, and what keeps them from doing it without end. Those with a key do one thing once.
LIMITS = {
    "listing_report": "REPORTS_A_DAY",
    "feedback": "REPORTS_A_DAY",
    "listing_confirm_by_link": "key",
    "mail_unsubscribe": "key",
    "invitation_decline": "key",
    "invitation_sign_up": "key",
    "account_login": "login",
    "account_signup": "signup",
    "account_reset_password": "reset_password",
    "account_reset_password_from_key": "reset_password_from_key",
    "account_request_login_code": "request_login_code",
    "account_logout": "does nothing",
}


@pytest.fixture
def world(kept_world: World) -> World:
    """The same for all: nothing that is looked at here changes it."""
    return kept_world


def has_headers(response) -> bool:
    return all(response.headers.get(name) == value for name, value in HEADERS.items())


@pytest.mark.pages
def test_policy_lets_nothing_inline_or_from_elsewhere_run():
    allowed = dict(part.split(" ", 1) for part in policy().split("; "))
    assert allowed["default-src"] == "'none'"
    assert set(allowed.values()) == {"'none'", "'self'"}
    assert {"base-uri", "form-action", "frame-ancestors"} <= set(allowed)
    assert {"geolocation", "camera", "microphone"} <= set(NOT_USED)


@pytest.mark.pages
@pytest.mark.parametrize("name", list(MATRIX))
def test_every_address_sends_the_headers(world, name):
    """As whoever may see most of it; refusals, redirects and what may only be posted send them too."""
    sights = [sight for sight in SIGHTS if sight.name == name and sight.posted is None][:1]
    places = [sight.place(world) for sight in sights]
    places.append((client_of(None), address(name, ARGUMENTS[MATRIX[name].what](world, world.home))))
    for client, url in places:
        response = client.get(url)
        if response.status_code == 200 and name in STRICTER | LOOSER:
            assert response.headers["Content-Security-Policy"] == (STRICTER | LOOSER)[name]
        else:
            assert has_headers(response), name
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["X-Frame-Options"] == ("SAMEORIGIN" if _is_framed(name, response) else "DENY")
        assert "Server" not in response.headers


def _is_framed(name: str, response) -> bool:
    return name == "operator_mail_html" and response.status_code == 200


@pytest.mark.pages
def test_files_errors_and_the_administration_send_the_headers(world, client, settings):
    for url, status in (
        ("/static/portal/portal.css", 200),
        ("/fi/nothing-here/", 404),
        ("/nothing-here", 404),
        ("/fi/admin/", 302),
    ):
        response = client.get(url)
        assert (response.status_code, has_headers(response)) == (status, True), url
        response.close()  # a file
    assert has_headers(client.get("/fi/", headers={"host": "elsewhere.example.org"}))
    operator = client_of(world.operator)
    for name in ("admin:index", "admin:organizations_user_changelist", "admin:portal_page_changelist"):
        response = operator.get(address(name))
        assert (response.status_code, has_headers(response)) == (200, True)
    settings.SECURE_SSL_REDIRECT = True
    response = client_of(None).get("/fi/")
    assert (response.status_code, has_headers(response)) == (301, True)


@pytest.mark.pages
def test_answer_when_the_portal_itself_fails_sends_the_headers(client, monkeypatch, db):
    client.raise_request_exception = False
    monkeypatch.setattr("portal.views.robots.render", lambda *args, **kwargs: 1 / 0)
    response = client.get("/robots.txt")
    assert (response.status_code, has_headers(response)) == (500, True)


@pytest.mark.pages
def test_kept_page_and_its_not_modified_send_the_headers(client, settings, db):
    settings.PAGES_ARE_KEPT = True
    for status, headers in ((200, {}), (200, {}), (304, {"if-none-match": "*"})):
        response = client.get("/fi/", headers=headers)
        assert (response.status_code, has_headers(response)) == (status, True)


def test_every_form_that_strangers_send_has_a_limit(settings, tmp_path):
    closed = {"in", "404", "405"}
    open_to_strangers = {name for name, one in MATRIX.items() if one.post["anonymous"] not in closed}
    assert open_to_strangers == set(LIMITS)
    show = "set(s.ACCOUNT_RATE_LIMITS)"
    known = start(tmp_path, show).stdout
    for name, limit in LIMITS.items():
        assert limit in known or limit in ("key", "does nothing") or hasattr(settings, limit), name


def test_cookies_belong_to_this_host_alone_and_no_script_reads_them(tmp_path):
    show = (
        "s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_PATH, s.CSRF_COOKIE_PATH, "
        "s.SESSION_COOKIE_DOMAIN, s.CSRF_COOKIE_DOMAIN, s.SESSION_COOKIE_HTTPONLY, s.CSRF_COOKIE_HTTPONLY, "
        "s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_SAMESITE, s.CSRF_COOKIE_SAMESITE"
    )
    found = start(tmp_path, show, SITE_URL="https://www.example.org").stdout.strip()
    assert found == (
        "('__Host-sessionid', '__Host-csrftoken', '/', '/', None, None, True, True, True, True, 'Lax', 'Lax')"
    )
    assert start(tmp_path, show).stdout.startswith("('sessionid', 'csrftoken',")


def test_cookies_of_a_sign_in_are_sent_as_they_are_set(client, settings, db):
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    sent = SimpleCookie()
    sent.load(client.get(address("account_login"), secure=True).cookies.output(header=""))
    cookie = sent["__Host-csrftoken"]
    assert (cookie["secure"], cookie["httponly"], cookie["path"], cookie["domain"]) == (True, True, "/", "")


def test_request_that_is_longer_than_any_form_is_refused_unread(client, settings, db):
    settings.MOST_BYTES_SENT = 5000
    sent = {"words": "x", "file": SimpleUploadedFile("x", b"x" * 5000)}
    response = client.post(address("feedback"), sent)
    assert (response.status_code, has_headers(response)) == (413, True)
    sent["file"] = SimpleUploadedFile("x", b"x" * 3000)
    assert client.post(address("feedback"), sent).status_code == 422


@pytest.fixture
def away(settings, monkeypatch):
    """The cache in which tries are counted, with a Redis that is not there."""
    monkeypatch.setattr(ForgivingRedisCache, "_silent_until", 0.0)
    backend = {"BACKEND": "portal.forgiving_cache.CountingRedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = {**settings.CACHES, "default": backend}
    cache.clear()


def test_tries_are_limited_while_redis_is_away(away, client, settings, db):
    settings.ACCOUNT_RATE_LIMITS = {"login": "3/m/ip"}
    answers = [client.post(address("account_login"), {"login": "x@example.org"}).status_code for _try in range(5)]
    assert answers == [200, 200, 200, 429, 429]


def test_counting_cache_does_while_redis_is_away_what_it_does_with_it(away):
    assert cache.add("a", 1)
    assert not cache.add("a", 2)
    assert (cache.incr("a"), cache.get("a"), cache.has_key("a")) == (2, 2, True)
    cache.set_many({"b": 1, "c": 2})
    assert cache.get_many(["b", "c", "d"]) == {"b": 1, "c": 2}
    cache.delete_many(["b", "c"])
    assert cache.touch("a", 10)
    assert cache.delete("a")
    assert cache.get("a", "gone") == "gone"
    with pytest.raises(ValueError, match="not found"):
        cache.incr("a")


def test_counting_goes_on_in_redis_when_it_is_back(away, settings, monkeypatch, redis_url):
    cache.set("here", 1)
    backend = {"BACKEND": "portal.forgiving_cache.CountingRedisCache", "LOCATION": redis_url, "KEY_PREFIX": "safety"}
    settings.CACHES = {**settings.CACHES, "default": backend}
    monkeypatch.setattr(ForgivingRedisCache, "_silent_until", 0.0)
    caches["default"].set("counted", 5, 60)
    assert caches["default"].incr("counted") == 6
    assert caches["default"].get("here") is None


def test_nobody_pushes_out_their_own_count_by_making_others(rf, settings):
    settings.CACHES = {
        **settings.CACHES,
        "default": {**settings.CACHES["default"], "OPTIONS": {"MAX_ENTRIES": 100_000}},
    }
    limit = {"try": "1/h/key"}
    request = rf.post("/")
    assert ratelimit.consume(request, app="x", action="try", config=limit, key="mine")
    for number in range(1000):
        ratelimit.consume(request, app="x", action="try", config=limit, key=str(number))
    assert not ratelimit.consume(request, app="x", action="try", config=limit, key="mine")
    cache.clear()


def test_security_txt_names_the_contact_and_does_not_run_out(client, settings):
    settings.SITE_URL = "https://www.example.org"
    text = client.get("/.well-known/security.txt").content.decode()
    fields = dict(line.split(": ", 1) for line in text.splitlines())
    assert fields["Contact"] == "mailto:security@example.org"
    assert fields["Canonical"] == "https://www.example.org/.well-known/security.txt"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", fields["Expires"])
    end = timezone.datetime.fromisoformat(fields["Expires"])
    assert timedelta(days=100) < end - timezone.now() < timedelta(days=365)
    settings.SECURITY_CONTACT = "https://www.example.org/form"
    assert "Contact: https://www.example.org/form\n" in client.get("/.well-known/security.txt").content.decode()
    settings.SECURITY_CONTACT = ""
    assert client.get("/.well-known/security.txt").status_code == 404


def test_form_that_cannot_be_trusted_is_refused_on_a_page_of_ours(db):
    """Django's own page has its style inline, and speaks English alone."""
    response = client_of(None, enforce_csrf_checks=True).post(address("account_login"), {"login": "x@example.org"})
    html = response.content.decode()
    assert (response.status_code, has_headers(response)) == (403, True)
    assert 'lang="fi"' in html
    assert faults_of(read(html)) == []


def test_addresses_for_programs_are_described():
    """`docs/api.yml` is what scans go by: a new feed or figure has to stand in it."""
    described = {re.sub(r"{\w+}", "*", path) for path in yaml.safe_load(API.read_text())["paths"]}
    known = set()
    for name, entry in MATRIX.items():
        if not entry.is_page and entry.get["anonymous"] == "200":
            route, _arguments = get_resolver().reverse_dict.getlist(name)[0][0][0]
            known.add("/" + re.sub(r"%\(\w+\)s", "*", re.sub("^(fi|sv|en)/", "*/", route)))
    assert described == known
