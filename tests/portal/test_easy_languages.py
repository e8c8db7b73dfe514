"""Easy Finnish and easy Swedish: a way to read the portal, never a language of texts, searches or mails."""

from datetime import date
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import get_language_info, gettext, ngettext, override

from listings import actions
from listings.answers import findings_of
from listings.forms.what import WhatForm
from listings.models import Version
from listings.search import search
from organizations.forms import AccountForm
from organizations.models import User
from portal import moments
from portal.languages import EASY_LANGUAGES, LISTING_LANGUAGE_CODES, language_name
from portal.vocabulary import label
from tests import factories
from tests.guards.markup import read
from tests.guards.markup_rules import faults_of
from tests.guards.test_catalogues import catalogue
from tests.guards.test_catalogues import faults_of as faults_of_entry

EASY = [(code, easy.code) for code, easy in EASY_LANGUAGES.items()]
EASY_TEXTS = {"fi": "Tule kahville. Puhu suomea.", "sv": "Kom på kaffe. Tala svenska."}


def easy_catalogue(code: str) -> polib.POFile:
    return polib.pofile(str(Path(settings.BASE_DIR) / "locale" / f"{code}_Simple" / "LC_MESSAGES" / "django.po"))


def said(entry: polib.POEntry) -> list[str]:
    return [entry.msgstr] if not entry.msgid_plural else list(entry.msgstr_plural.values())


@pytest.mark.parametrize(("full", "easy"), EASY)
def test_easy_catalogue_has_only_what_its_language_says_otherwise(full, easy):
    known = {(entry.msgctxt, entry.msgid): entry for entry in catalogue(full)}
    entries = easy_catalogue(full)
    assert len(entries) > 100
    assert entries.metadata["Language"] == easy
    assert entries.metadata["Plural-Forms"] == catalogue(full).metadata["Plural-Forms"]
    for entry in entries:
        assert faults_of_entry(entry) == []
        assert (entry.msgctxt, entry.msgid) in known, "no longer in the code"
        assert said(entry) != said(known[entry.msgctxt, entry.msgid]), "the same as in the full language"


@pytest.mark.parametrize(("full", "easy"), EASY)
def test_every_other_text_is_that_of_its_language_and_never_of_another(full, easy):
    own = {entry.msgid: entry for entry in easy_catalogue(full)}
    with override(easy):
        for entry in catalogue(full):
            if entry.msgctxt or not entry.msgid:
                continue
            wanted = said(own.get(entry.msgid, entry))
            if entry.msgid_plural:
                assert [ngettext(entry.msgid, entry.msgid_plural, count) for count in (1, 2)] == wanted
            else:
                assert gettext(entry.msgid) == wanted[0]


@pytest.mark.parametrize(("full", "easy"), EASY)
def test_texts_of_django_are_those_of_the_full_language(full, easy):
    with override(full):
        wanted = gettext("This field is required.")
    with override(easy):
        assert gettext("This field is required.") == wanted != "This field is required."


def test_easy_wordings_are_read_and_not_written():
    assert dict(settings.LANGUAGES)["fi-simple"] == "selkosuomi"
    assert get_language_info("sv-simple")["name_local"] == "lätt svenska"
    assert not {"fi-simple", "sv-simple"} & set(LISTING_LANGUAGE_CODES)
    assert not any("simple" in field.name for field in Version._meta.get_fields())


def test_dates_prices_and_names_are_written_as_in_the_full_language():
    day = date(2027, 3, 2)
    for full, easy in EASY:
        with override(full):
            wanted = moments.full_date(day), moments.weekday_long(day), language_name("ar", full)
        with override(easy):
            assert (moments.full_date(day), moments.weekday_long(day), language_name("ar", easy)) == wanted


def test_labels_are_easy_where_there_is_an_easy_one_and_else_those_of_the_language():
    assert label("price", "free", "fi-simple") == "Ilmainen"
    assert label("price", "free", "sv-simple") == "Gratis"
    assert label("region", "01", "fi-simple") == "Uusimaa"
    assert label("region", "01", "sv-simple") == "Nyland"


@pytest.mark.django_db
@pytest.mark.parametrize(("full", "easy"), EASY)
@pytest.mark.parametrize("name", ["start", "listing_list", "listing_map", "listing_week", "rules"])
def test_page_says_which_language_it_is_in_and_offers_both(client, full, easy, name):
    factories.public_listing(title={full: "Kahvila"}, summary={full: "Kahvia."}, description={full: "Kahvia."})
    with override(easy):
        response = client.get(reverse(name))
    page = read(response.content.decode())
    html = next(page.all("html"))
    assert (html.get("lang"), html.get("dir")) == (easy, "ltr")
    assert faults_of(page) == []
    links = {link.get("hreflang"): link for link in page.all("a") if link.get("aria-current") or link.get("hreflang")}
    assert links[easy].get("href").startswith(f"/{easy}/")
    assert links[full].get("href").startswith(f"/{full}/")
    assert "set-cookie" not in {name.lower() for name in response.headers}


@pytest.mark.django_db
def test_names_of_forms_are_easy_on_easy_pages(client):
    factories.public_listing(forms=["youth"])
    assert "Toimintaa nuorille" in client.get("/fi-simple/").content.decode()
    assert "Verksamhet för unga" in client.get("/sv-simple/").content.decode()


@pytest.mark.django_db
def test_easy_page_sends_no_more_queries_than_the_full_one(client):
    factories.public_listing(easy_summary=EASY_TEXTS)
    counts = []
    for language in ("fi", "fi-simple"):
        with override(language):
            path = reverse("listing_list")
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("reader", "shown", "lang"),
    [
        ("fi-simple", EASY_TEXTS["fi"], "fi-simple"),
        ("sv-simple", EASY_TEXTS["sv"], "sv-simple"),
        ("fi", "Puhutaan suomea yhdessä.", "fi"),
        ("en", "We speak Finnish together.", "en"),
    ],
)
def test_reader_is_shown_the_summary_of_their_wording(client, reader, shown, lang):
    listing = factories.public_listing(easy_summary=EASY_TEXTS)
    with override(reader):
        pages = {"storey-summary": reverse("listing_list"), "lead": listing.get_absolute_url()}
    for name, path in pages.items():
        page = read(client.get(path).content.decode())
        (summary,) = [one for one in page.all("p") if name in one.get("class").split()]
        assert (summary.text().strip(), summary.get("lang")) == (shown, lang)


@pytest.mark.django_db
def test_reader_of_easy_swedish_is_not_shown_the_easy_finnish(client):
    listing = factories.public_listing(
        title={"sv": "Kafé"},
        summary={"sv": "Vi dricker kaffe."},
        description={"sv": "Vi dricker kaffe."},
        easy_summary={"fi": EASY_TEXTS["fi"]},
    )
    with override("sv-simple"):
        html = client.get(listing.get_absolute_url()).content.decode()
    assert "Vi dricker kaffe." in html
    assert EASY_TEXTS["fi"] not in html


@pytest.mark.django_db
def test_page_in_the_full_language_shows_the_easy_text_too_and_leads_to_the_easy_page(client):
    listing = factories.public_listing(easy_summary={"fi": EASY_TEXTS["fi"]})
    with override("fi"):
        html = client.get(listing.get_absolute_url()).content.decode()
    assert EASY_TEXTS["fi"] in html
    with override("fi-simple"):
        assert html.count(f'href="{listing.get_absolute_url()}"') == 2  # among the languages, and beside the text
    with override("en"):
        assert EASY_TEXTS["fi"] not in client.get(listing.get_absolute_url()).content.decode()


@pytest.mark.django_db
def test_rules_read_the_easy_text_as_well(editor, organization):
    version = factories.draft(organization, by=editor, easy_summary={"fi": "Tarvitset lähetteen lääkäriltä."})
    found = [(one.code, one.field, one.language) for one in findings_of(version)]
    assert ("no-referral", "easy_summary", "fi") in found


@pytest.mark.django_db
def test_easy_text_can_be_searched(client):
    listing = factories.public_listing(easy_summary={"fi": "Tule pelaamaan petankkia."})
    assert [listing.pk] == list(search("petankki", language="fi-simple").ids)
    with override("fi-simple"):
        assert (
            listing.get_absolute_url() in client.get(reverse("listing_list"), {"words": "petankkia"}).content.decode()
        )


@pytest.mark.django_db
def test_form_asks_for_the_easy_text_in_languages_that_have_one(draft, editor):
    form = WhatForm(
        {
            "title_fi": "Kahvila",
            "easy_summary_fi": EASY_TEXTS["fi"],
            "title_en": "Café",
            "forms": ["language_club"],
            "aims": ["interaction"],
        },
        version=draft,
        languages=["fi", "en"],
    )
    assert "easy_summary_en" not in form.fields
    assert form.is_valid(), form.errors
    version = actions.save_answers(draft, by=editor, answers=form.answers())
    assert version.easy_summary == {"fi": EASY_TEXTS["fi"]}
    assert form.field_of("easy_summary", "fi") == "easy_summary_fi"
    assert form.field_of("easy_summary", "en") is None
    too_long = WhatForm({"easy_summary_fi": "a" * 301}, version=draft, languages=["fi"])
    assert "easy_summary_fi" in too_long.errors


@pytest.mark.django_db
def test_account_made_on_an_easy_page_gets_its_mails_in_the_full_language(client):
    signup = {
        "email": "uusi@example.org",
        "name": "Uusi",
        "password1": "pitkä salasana 9",
        "password2": "pitkä salasana 9",
    }
    with override("sv-simple"):
        client.post(reverse("account_signup"), signup)
    assert User.objects.get(email="uusi@example.org").preferred_language == "sv"
    assert "simple" not in str(dict(AccountForm().fields["preferred_language"].choices))
    assert all("/sv-simple/" not in message.body for message in mail.outbox)
