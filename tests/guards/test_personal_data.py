"""Every field with personal data is declared, and what is declared is there."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.test.utils import isolate_apps
from django.utils.translation import override

from organizations.models import User
from portal.personal_data import all_held
from portal.personal_data.page import as_markdown

# Django's tables of codes: no app but these is left out, so that a new one cannot be forgotten.
HOLD_CODES = {"auth", "contenttypes"}
APPS = [app.label for app in apps.get_app_configs() if app.label not in HOLD_CODES and any(app.get_models())]

# Names of fields in which people, or what they wrote, may be.
TELLING = re.compile(
    r"name$|name_|email|mail$|phone|contact|message|actor|password|last_login|joined|preferred|birth|address_of"
    r"|^to$|^cc$|^bcc$|subject|headers|context|details|session|object_repr|^key$|ip$|^ip_|user_agent|digest|token|secret"
    r"|claim|reason$|explanation|reply|comment|feedback|note$|seen|warned|warnings|silence|erased|^data$|^author|_by$"
)
# Whatever their names.
TELLING_TYPES = (models.EmailField, models.GenericIPAddressField)

# What looks like it, and is not about a person.
NOT_PERSONAL = {
    "portal.Region.name",
    "portal.Municipality.name",
    "portal.Language.name",
    "listings.ActivityForm.name",
    "listings.TargetGroup.name",
    # The day of an activity's last meeting.
    "listings.Listing.last_session_on",
    "organizations.Organization.name",
    # What an open register says of an organization.
    "organizations.Organization.register_name",
    # What may be told only once: the number of an account, which names nobody, and a day.
    "portal.SentOnce.key",
    "post_office.Email.message_id",
    "post_office.EmailTemplate.name",
    "post_office.EmailTemplate.subject",
    "post_office.Log.email",
    "post_office.Attachment.name",
    "post_office.Attachment.headers",
    "post_office.Attachment_emails.email",
}

DECLARED = {f"{one.model}.{name}" for one in all_held() for name in one.fields}


def fields_of(models_of_apps: Iterable[type[models.Model]]) -> Iterator[tuple[str, models.Field]]:
    """Every column, without the columns of translations."""
    for model in models_of_apps:
        for field in model._meta.local_concrete_fields:
            if not hasattr(field, "translated_field"):
                yield f"{model._meta.label}.{field.name}", field


def all_fields() -> Iterator[tuple[str, models.Field]]:
    for app in APPS:
        yield from fields_of(apps.get_app_config(app).get_models(include_auto_created=True))


def is_telling(field: models.Field) -> bool:
    if field.is_relation and field.related_model is User:
        return True
    return isinstance(field, TELLING_TYPES) or bool(TELLING.search(field.name))


def undeclared(fields: Iterable[tuple[str, models.Field]]) -> set[str]:
    return {name for name, field in fields if is_telling(field)} - DECLARED - NOT_PERSONAL


def test_every_field_with_personal_data_is_declared():
    fields = dict(all_fields())
    telling = {name for name, field in fields.items() if is_telling(field)}
    assert len(fields) > 120
    assert len(telling) > 30
    assert undeclared(fields.items()) == set(), "declare it in portal/personal_data.py"


@isolate_apps("portal")
def test_new_model_with_personal_data_is_noticed():
    class Visit(models.Model):
        address = models.GenericIPAddressField()
        user_agent = models.CharField(max_length=200)
        digest = models.CharField(max_length=64)
        sent_to = models.EmailField()
        whoever = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
        weekday = models.CharField(max_length=3)

        class Meta:
            app_label = "portal"

        def __str__(self) -> str:
            return self.address

    found = undeclared(fields_of([Visit]))
    assert found == {f"portal.Visit.{name}" for name in ("address", "user_agent", "digest", "sent_to", "whoever")}


def test_no_app_with_tables_is_left_out():
    assert {"portal", "organizations", "listings", "moderation", "account", "post_office", "sessions"} <= set(APPS)
    assert {app.label for app in apps.get_app_configs()} >= HOLD_CODES


def test_nothing_is_declared_that_is_not_there():
    fields = dict(all_fields())
    assert set(fields) >= DECLARED
    assert set(fields) >= NOT_PERSONAL
    assert set() == DECLARED & NOT_PERSONAL
    telling = {name for name, field in fields.items() if is_telling(field)}
    assert telling >= NOT_PERSONAL, "no longer looks like personal data"


def test_each_declaration_is_whole():
    held = all_held()
    assert len({one.model for one in held}) == len({str(one.title) for one in held}) == len(held) >= 10
    for one in held:
        assert all((one.fields, one.what, one.why, one.period, one.on_erasure)), one.model
        assert one.by_person or one.by_address, f"{one.model}: how are a person's rows found?"
        names = {field.name for field in apps.get_model(one.model)._meta.get_fields()}
        assert names >= {*one.secret, *one.others, *one.named, *one.emptied}, one.model


@pytest.mark.parametrize("one", all_held(), ids=lambda one: one.model)
def test_every_relation_to_a_person_finds_the_row_or_is_somebody_elses(db, one):
    model = apps.get_model(one.model)
    people = {field.name for field in model._meta.local_concrete_fields if field.related_model is User}
    assert people == {name for name in (*one.by_person, *one.others) if name in people}
    if not issubclass(model, AbstractBaseSession):
        ways = dict.fromkeys(one.by_person, 1) | {f"{path}__iexact": "a@example.org" for path in one.by_address}
        for path, value in ways.items():
            assert model._default_manager.filter(**{path: value}).count() == 0  # fails when the path leads nowhere


def test_page_for_people_says_the_same():
    page = Path(settings.BASE_DIR) / "docs" / "personal-data.md"
    again = "run: python -m portal.personal_data > docs/personal-data.md"
    with override("en"):
        assert page.read_text(encoding="utf-8") == as_markdown(), again
