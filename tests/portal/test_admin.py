"""The operator's side opens: every list, every form to change a row, and the pages can be edited."""

import pytest
from django.contrib import admin
from django.urls import reverse

from listings.models import Synonym
from listings.search import search
from moderation.models import Recheck
from portal.models import AuditEvent, Page
from tests import factories

pytestmark = pytest.mark.django_db
OURS = [
    model
    for model in admin.site._registry
    if model._meta.app_label in ("portal", "organizations", "listings", "moderation")
]


@pytest.fixture
def operator_client(client, published):
    Synonym.objects.create(language="fi", words="neulonta", means="form:crafts_and_food")
    Recheck.objects.create(listing=published.listing, rule_set="2027.1", findings=[{"code": "no-referral"}])
    client.force_login(factories.UserFactory(operator=True))
    return client


@pytest.mark.parametrize("model", OURS, ids=[model._meta.label for model in OURS])
def test_list_and_row_open(operator_client, model):
    meta = model._meta
    assert operator_client.get(reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")).status_code == 200
    row = model._default_manager.first()
    assert row is not None
    address = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[row.pk])
    assert operator_client.get(address).status_code == 200


def test_page_is_edited_in_each_language(operator_client):
    page = Page.objects.get(slug="about")
    address = reverse("admin:portal_page_change", args=[page.pk])
    form = operator_client.get(address).context["adminform"].form
    values = {name: form.initial.get(name) or "" for name in form.fields}
    assert {"title_fi", "body_sv", "title_so"} <= set(values)
    response = operator_client.post(address, {**values, "title_so": "Ku saabsan", "body_fi": "Oma teksti."})
    assert response.status_code == 302
    page.refresh_from_db()
    assert (page.title_so, page.body_fi) == ("Ku saabsan", "Oma teksti.")


def test_making_a_moderator_is_traced(operator_client):
    person = factories.UserFactory()
    address = reverse("admin:organizations_user_change", args=[person.pk])
    values = {"name": person.name, "preferred_language": "fi", "is_moderator": "on", "is_active": "on"}
    assert operator_client.post(address, values).status_code == 302
    person.refresh_from_db()
    assert person.is_moderator
    assert AuditEvent.objects.get(verb="changed_account").details["is_moderator"] is True


def test_operator_adds_a_synonym_and_takes_it_away(operator_client):
    factories.public_listing(title={"fi": "Kielikahvila kirjastossa"}, forms=["language_club"])
    assert search("xylitoli").total == 0
    address = reverse("admin:listings_synonym_add")
    line = {"language": "fi", "words": "xylitoli, iso xylitoli", "means": "form:language_club, kuoro"}
    assert operator_client.post(address, line).status_code == 302
    assert search("xylitoli").total == 2
    assert search("xylitolia").total == 2
    assert search("xylitoli", language="ar").total == 2
    row = Synonym.objects.get(words="xylitoli, iso xylitoli")
    operator_client.post(reverse("admin:listings_synonym_delete", args=[row.pk]), {"post": "yes"})
    assert search("xylitoli").total == 0


@pytest.mark.parametrize(
    ("words", "means"),
    [
        ("", "kuoro"),
        (" , ", "kuoro"),
        ("yksi kaksi kolme neljä viisi kuusi", "kuoro"),
        ("x", "form:nothing"),
        ("x", ","),
    ],
)
def test_synonym_that_cannot_work_is_not_taken(operator_client, words, means):
    form = {"language": "fi", "words": words, "means": means}
    answer = operator_client.post(reverse("admin:listings_synonym_add"), form)
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors
    assert not Synonym.objects.filter(words=words).exists()
