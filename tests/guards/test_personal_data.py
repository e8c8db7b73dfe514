"""Every field with personal data is declared, and what is declared is there."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models

from organizations.models import User
from portal.personal_data import HELD, as_markdown
from tests.guards.world import OUR_APPS

# All apps that keep rows about people; the rest of Django's tables hold codes.
APPS = (*OUR_APPS, "account", "post_office", "sessions", "admin")

# Names of fields in which people, or what they wrote, may be.
TELLING = re.compile(
    r"name$|name_|email|mail$|phone|contact|message|actor|password|last_login|joined|preferred|birth|address_of"
    r"|^to$|^cc$|^bcc$|subject|headers|context|details|session_data|object_repr|^key$|ip$|user_agent"
)

# What looks like it, and is not about a person.
NOT_PERSONAL = {
    "portal.Region.name",
    "portal.Municipality.name",
    "portal.Language.name",
    "listings.ActivityForm.name",
    "listings.TargetGroup.name",
    "organizations.Organization.name",
    "post_office.Email.message_id",
    "post_office.EmailTemplate.name",
    "post_office.EmailTemplate.subject",
    "post_office.Log.email",
    "post_office.Attachment.name",
    "post_office.Attachment.headers",
    "post_office.Attachment_emails.email",
}

DECLARED = {f"{one.model}.{name}" for one in HELD for name in one.fields}


def all_fields() -> Iterator[tuple[str, models.Field]]:
    """Every column of every table, without the columns of translations."""
    for app in APPS:
        for model in apps.get_app_config(app).get_models(include_auto_created=True):
            for field in model._meta.local_concrete_fields:
                if not hasattr(field, "translated_field"):
                    yield f"{model._meta.label}.{field.name}", field


def is_telling(field: models.Field) -> bool:
    if field.is_relation and field.related_model is User:
        return True
    return isinstance(field, models.EmailField) or bool(TELLING.search(field.name))


def test_every_field_with_personal_data_is_declared():
    fields = dict(all_fields())
    telling = {name for name, field in fields.items() if is_telling(field)}
    assert len(fields) > 120
    assert len(telling) > 30
    assert telling - DECLARED - NOT_PERSONAL == set(), "declare it in portal/personal_data.py"


def test_nothing_is_declared_that_is_not_there():
    fields = dict(all_fields())
    assert set(fields) >= DECLARED
    assert set(fields) >= NOT_PERSONAL
    assert set() == DECLARED & NOT_PERSONAL
    telling = {name for name, field in fields.items() if is_telling(field)}
    assert telling >= NOT_PERSONAL, "no longer looks like personal data"


def test_each_declaration_is_whole():
    assert len({one.model for one in HELD}) == len(HELD) >= 10
    for one in HELD:
        assert all((one.fields, one.what, one.why, one.how_long, one.on_erasure)), one.model


def test_page_for_people_says_the_same():
    page = Path(settings.BASE_DIR) / "docs" / "personal-data.md"
    again = "run: python -m portal.personal_data > docs/personal-data.md"
    assert page.read_text(encoding="utf-8") == as_markdown(), again
