"""Links that no longer answer: sure after two runs a day apart, told once, forgotten when they answer again."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from post_office.models import Email

from listings import actions as listing_actions
from listings.links import check_links, links_of, problem_at
from listings.models import BrokenLink, Version
from listings.needs import needs_of
from organizations.models import Organization
from portal import outgoing
from tests import factories
from tests.web import web_server

pytestmark = pytest.mark.django_db


def everything(address, port):
    return True


@pytest.fixture
def web():
    with web_server({"/here": (200, {}, b"")}) as server:
        yield server


@pytest.fixture
def listing(organization, editor, moderator, web):
    version = factories.draft(organization, by=editor, contact_url=f"http://127.0.0.1:{web.port}/gone")
    return factories.published(factories.submitted(version, by=editor), by=moderator).listing


def run(days=0):
    return check_links(now=timezone.now() + timedelta(days=days), may_ask=everything)


def mails():
    return [mail for mail in Email.objects.order_by("pk") if "/gone" in mail.message]


def test_link_is_broken_after_two_runs_and_told_once(listing, organization, main_user, editor, web):
    assert run() == 0
    assert run() == 0  # the same day again
    assert not mails()
    assert run(days=7) == 1
    assert {mail.to[0] for mail in mails()} == {main_user.email, editor.email}
    assert all("Language café in the library" in mail.html_message for mail in mails())
    assert run(days=14) == 0
    assert len(mails()) == 2
    needs = needs_of(editor.memberships.select_related("organization"))[organization.pk]
    page = reverse("listing_manage", args=[listing.pk])
    assert [need.url for need in needs] == [page]
    client = Client()
    client.force_login(editor)
    assert f"127.0.0.1:{web.port}/gone" in client.get(page).content.decode()


def test_link_that_answers_again_is_forgotten(listing, web):
    run()
    web.pages = {"/gone": (200, {}, b"")}
    run(days=7)
    assert not BrokenLink.objects.exists()
    web.pages = {}
    assert run(days=8) == 0


def test_link_that_was_changed_is_forgotten_at_once(listing, editor, web):
    run()
    run(days=7)
    version = listing_actions.open_new_version(listing, by=editor)
    listing_actions.save_answers(version, by=editor, answers={"contact_url": f"http://127.0.0.1:{web.port}/here"})
    assert BrokenLink.objects.exists()
    assert listing_actions.submit_version(Version.objects.get(pk=version.pk), by=editor).state == "published"
    assert not BrokenLink.objects.exists()


def test_listing_that_readers_do_not_see_is_not_asked(listing, editor, web):
    run()
    listing_actions.withdraw_listing(listing, by=editor)
    web.asked.clear()
    run(days=7)
    assert web.asked == []
    assert not BrokenLink.objects.exists()


def test_website_and_links_in_texts_are_asked_too(organization, editor, moderator):
    Organization.objects.filter(pk=organization.pk).update(website="https://yhdistys.example.org")
    text = {"fi": "Katso (https://kahvila.example.org/ohjelma). Tai http://toinen.example.org!"}
    version = factories.draft(organization, by=editor, description=text, contact_url="https://a.example.org/")
    assert links_of(Version.objects.get(pk=version.pk)) == [
        "https://a.example.org/",
        "https://yhdistys.example.org",
        "https://kahvila.example.org/ohjelma",
        "http://toinen.example.org",
    ]


def test_answers_are_read_as_a_reader_would(web):
    base = f"http://127.0.0.1:{web.port}"
    web.pages = {
        "/here": (200, {}, b""),
        "/members": (403, {}, b""),
        "/moved": (410, {}, b""),
        "/ill": (500, {}, b""),
        "/round": (302, {"Location": "/round"}, b""),
    }
    paths = ("/here", "/members", "/moved", "/nothing", "/ill", "/round")
    assert [problem_at(base + path, everything) for path in paths] == ["", "", "gone", "gone", "fails", "endless"]
    assert problem_at(f"{base}/here") == "not_asked"
    assert problem_at("http://nobody.invalid/", everything) == "no_name"


def test_site_that_refuses_head_is_asked_for_the_page(web, monkeypatch):
    web.pages = {"/here": (200, {}, b"")}
    fetch = outgoing.fetch

    def without_head(url, *, method, may_ask):
        return outgoing.Answer(url, 500) if method == "HEAD" else fetch(url, method=method, may_ask=may_ask)

    monkeypatch.setattr("portal.outgoing.fetch", without_head)
    assert problem_at(f"http://127.0.0.1:{web.port}/here", everything) == ""
