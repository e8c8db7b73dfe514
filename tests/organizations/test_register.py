"""The open register, as a real HTTP server on loopback with answers written by hand: it helps and never hinders."""

import json
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from organizations.models import Organization
from organizations.registering import register
from organizations.registering.register import Entry
from tests import factories
from tests.services import free_port

NUMBER = "1572860-0"
COMPANY = {
    "businessId": {"value": NUMBER, "registrationDate": "1999-10-01"},
    "names": [
        {"name": "Vanha Nimi ry", "type": "1", "registrationDate": "1999-10-01", "endDate": "2005-05-05"},
        {"name": "Naapurit aputoiminimi", "type": "3", "registrationDate": "2001-01-01"},
        {"name": "Naapurit ry", "type": "1", "registrationDate": "2005-05-05"},
    ],
    "companyForms": [
        {
            "type": "29",
            "descriptions": [
                {"languageCode": "3", "description": "Non-profit association"},
                {"languageCode": "1", "description": "Aatteellinen yhdistys"},
            ],
        }
    ],
    "status": "2",
}
FOUND = json.dumps({"totalResults": 1, "companies": [COMPANY]}).encode()


class Register:
    """What the server answers, and what it was asked."""

    def __init__(self) -> None:
        self.answer: Callable[[BaseHTTPRequestHandler], None] = plain(FOUND)
        self.asked: list[str] = []


def plain(content: bytes, status: int = 200, **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(content)

    return answer


def silent(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(1)


def dripping(handler: BaseHTTPRequestHandler) -> None:
    """Never slow enough for a time limit on each step."""
    plain(b"{")(handler)
    try:
        for _ in range(40):
            handler.wfile.write(b" ")
            time.sleep(0.05)
    except OSError:
        pass  # the portal has hung up


@pytest.fixture
def server(settings, monkeypatch):
    """A register that is turned on; quick limits, so that the tests of slow answers are quick, too."""
    known = Register()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # noqa: N802 (the server's name)
            known.asked.append(self.path)
            known.answer(self)

        def log_message(self, *args) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=http.serve_forever, args=(0.01,))
    thread.start()
    settings.BUSINESS_REGISTER_URL = f"http://127.0.0.1:{http.server_port}/v3"
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(register, "READ_SECONDS", 0.2)
    monkeypatch.setattr(register, "ALL_SECONDS", 0.5)
    cache.clear()
    yield known
    cache.clear()
    http.shutdown()
    thread.join()
    http.server_close()


def test_entry_has_the_present_name_and_form(server):
    assert register.look_up(NUMBER) == Entry("Naapurit ry", "Aatteellinen yhdistys")
    assert register.look_up(NUMBER).kind == "association"
    asked = urlsplit(server.asked[0])
    assert (asked.path, parse_qs(asked.query)) == ("/v3/companies", {"businessId": [NUMBER]})
    assert len(server.asked) == 1, "kept for a day"


@pytest.mark.parametrize("answer", [plain(b'{"totalResults": 0, "companies": []}'), plain(b"", 404)])
def test_number_that_the_register_does_not_know_is_an_answer_too(server, answer):
    server.answer = answer
    assert register.look_up(NUMBER) == Entry()


def test_another_company_is_not_taken_for_the_one_that_was_asked_for(server):
    server.answer = plain(json.dumps({"companies": [{**COMPANY, "businessId": {"value": "0201256-6"}}]}).encode())
    assert register.look_up(NUMBER) == Entry()


def test_company_that_has_ended_is_told(server):
    server.answer = plain(json.dumps({"companies": [{**COMPANY, "endDate": "2020-01-01"}]}).encode())
    assert register.look_up(NUMBER).has_ended


SILENT = {
    "slow": silent,
    "dripping": dripping,
    "broken": plain(b'{"companies": ['),
    "not utf-8": plain(b'{"companies": "\xff\xfe"}'),
    "nested": plain(b"[" * 100_000),
    "html": plain(b"<html>Maintenance</html>"),
    "other shape": plain(b'{"companies": {"names": 1}}'),
    "list": plain(b"[1, 2]"),
    "nothing": plain(b""),
    "nameless": plain(json.dumps({"companies": [{**COMPANY, "names": [{"name": None}, 7]}]}).encode()),
    "error": plain(FOUND, 500),
    "too many questions": plain(b"{}", 429),
    "too large": plain(b" " * (register.MOST_BYTES + 1) + FOUND),
    "moved": plain(b"", 302, Location="http://127.0.0.1:1/v3/companies"),
}


@pytest.mark.parametrize("answer", SILENT.values(), ids=SILENT)
def test_answer_that_cannot_be_used_is_silence_and_soon_over(server, answer):
    server.answer = answer
    started = time.monotonic()
    assert register.look_up(NUMBER) is None
    assert time.monotonic() - started < 1
    assert register.look_up(NUMBER) is None
    assert len(server.asked) == 1, "nobody else waits for it in the same minute"


def test_register_that_is_down_is_silence(settings, server):
    settings.BUSINESS_REGISTER_URL = f"http://127.0.0.1:{free_port()}"
    assert register.look_up(NUMBER) is None


def test_nobody_is_asked_while_the_register_is_off(settings, server):
    settings.BUSINESS_REGISTER_URL = ""
    assert register.look_up(NUMBER) is None
    assert server.asked == []


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("Aatteellinen yhdistys", "association"),
        ("Säätiö", "foundation"),
        ("Kuntayhtymä", "joint_municipal_authority"),
        ("Kunta", "municipality"),
        ("Osuuskunta", "cooperative"),
        ("Osakeyhtiö", "company"),
        ("Evankelis-luterilainen kirkko", "lutheran_parish"),
        ("Muu julkisoikeudellinen oikeushenkilö", ""),
        ("", ""),
    ],
)
def test_kind_follows_from_the_legal_form(form, kind):
    assert register.kind_of(form) == kind


@pytest.fixture
def person(db):
    client = Client()
    client.force_login(factories.UserFactory())
    return client


REGISTER = "/en/desk/register/"
TYPED = {"business_id": NUMBER, "municipality": "Rauma", "contact_email": "info@example.org"}


def test_look_up_fills_in_what_is_empty_and_keeps_what_was_typed(server, person):
    form = person.post(REGISTER, {**TYPED, "look_up": "yes"}).context["form"]
    assert form.initial == {**TYPED, "name_fi": "Naapurit ry", "kind": "association"}
    typed = {**TYPED, "name_fi": "Oma nimi ry", "kind": "foundation", "look_up": "yes"}
    response = person.post(REGISTER, typed)
    assert response.context["form"].initial["name_fi"] == "Oma nimi ry"
    assert response.context["form"].initial["kind"] == "foundation"
    assert "Naapurit ry" in response.content.decode()
    assert not Organization.objects.exists()


@pytest.mark.parametrize("number", ["", "1234567-0", "x" * 5000])
def test_look_up_of_no_number_says_so(server, person, number):
    response = person.post(REGISTER, {**TYPED, "business_id": number, "look_up": "yes"})
    assert response.status_code == 200
    assert response.context["register_note"]
    assert server.asked == []


def registered(person):
    typed = {**TYPED, "name_fi": "Kutomon kylätalo ry", "kind": "foundation"}
    assert person.post(REGISTER, typed).status_code == 302
    return Organization.objects.get()


def test_moderator_sees_in_what_the_register_differs(server, person, moderator):
    organization = registered(person)
    assert (organization.register_name, organization.register_form) == ("Naapurit ry", "Aatteellinen yhdistys")
    assert register.differs_in_name(organization)
    assert register.differs_in_kind(organization)
    client = Client()
    client.force_login(moderator)
    html = client.get(f"/en/moderation/organizations/{organization.pk}/").content.decode()
    assert "Naapurit ry" in html
    assert "Aatteellinen yhdistys" in html


def test_same_name_in_other_writing_is_no_difference(server, person):
    organization = registered(person)
    organization.name_sv = "NAAPURIT R.Y."
    organization.kind = "educational_institution"
    assert not register.differs_in_name(organization)
    assert not register.differs_in_kind(organization), "an association may run a school"


@pytest.mark.parametrize("answer", [silent, plain(b"{", 200), plain(b"", 500)], ids=["slow", "broken", "error"])
def test_registration_goes_on_without_the_register(server, person, moderator, answer):
    server.answer = answer
    organization = registered(person)
    assert organization.register_checked_at is None
    server.answer = plain(FOUND)
    client = Client()
    client.force_login(moderator)
    ask = reverse("organization_check_register", args=[organization.pk])
    client.post(ask)
    organization.refresh_from_db()
    assert organization.register_checked_at is None, "silence is kept for a minute"
    cache.clear()
    client.post(ask)
    organization.refresh_from_db()
    assert organization.register_name == "Naapurit ry"
